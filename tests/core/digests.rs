//! The digests of runs that cover every option, as `tests/digests.txt` holds them. This test runs natively and in the
//! browser against the same file, so that all of them agree; the command line is held to it in `tests/cli`.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::link;
use winning_ticket::training::Trainer;
use winning_ticket::trials::digest;

#[test]
fn every_run_of_the_table_gives_its_digests() {
    let table = include_str!("../digests.txt");
    let mut checked = 0;
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fragment = line.split_whitespace().next().expect("a link");
        let (link, notices) = link::parse(fragment);
        assert_eq!(notices, Vec::<String>::new(), "{fragment}");
        let mut trainer = Trainer::new(&link.spec);
        let mut found = fragment.to_owned();
        for until in [0, 1, 100, usize::MAX] {
            trainer.advance(until - trainer.steps().min(until));
            found.push_str(&format!(" {}", digest(&trainer.problem().mask, trainer.weights())));
        }
        found.push_str(&format!(" {} {}", trainer.steps(), trainer.stopped().expect("it ended").key()));
        assert_eq!(found, line);
        checked += 1;
    }
    assert!(checked >= 10);
}
