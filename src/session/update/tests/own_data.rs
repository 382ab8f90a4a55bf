//! Data of the reader's own: opened, worked with, refused, closed.

use super::SMALL;
use super::page::{Page, small};
use crate::session::captions;
use crate::session::event::{Event, FromWorker};
use crate::session::mirror::Word;
use crate::session::order::Copying;
use crate::session::own_data::{Doing, NO_LINK, told};
use crate::session::saving::{Content, Format, Picture};
use crate::session::workers::TRAINER;
use crate::spec::{Spec, Twin};
use crate::theory::State;
use crate::training::Trainer;
use crate::trials::messages::{Reply, Request};
use crate::trials::{OwnData, Provenance, digest, run_arrays, start_of};

/// An npz file of a run's data, W\* and M, without the arrays of these names.
pub(super) fn file(without: &[&str]) -> Vec<u8> {
    file_of(&Spec { samples: 80, dimension: 15, neurons: 4, seed: 9, ..small() }, without)
}

/// The same of the run of `spec`.
pub(super) fn file_of(spec: &Spec, without: &[&str]) -> Vec<u8> {
    let trainer = Trainer::new(spec);
    let provenance = Provenance::of_trainer(spec, String::new(), String::new(), &trainer);
    let mut bytes = run_arrays(spec, &trainer, &start_of(spec, &trainer), &provenance);
    for name in without {
        let (name, other) = (format!("{name}.npy"), format!("{}.npy", "_".repeat(name.len())));
        // Twice: before the array, and in the table of contents. Other names may end alike.
        let begins = |at: &usize| {
            let before = bytes[at.saturating_sub(1)];
            bytes[*at..].starts_with(name.as_bytes()) && before != b'_' && !before.is_ascii_alphanumeric()
        };
        for at in (0..bytes.len()).filter(begins).collect::<Vec<_>>() {
            bytes[at..at + name.len()].copy_from_slice(other.as_bytes());
        }
    }
    bytes
}

/// The browser has read a file that was offered.
pub(super) fn offer(page: &mut Page, bytes: Vec<u8>) {
    let size = bytes.len() as u64;
    page.tell(Event::Data(Doing::Offers { file: "own.npz".to_owned(), bytes: size }));
    page.file = bytes;
    page.tell(Event::Data(Doing::IsRead));
    page.pass(500.0);
}

/// The lab on such a file.
pub(super) fn opened(without: &[&str]) -> Page {
    let mut page = Page::open(&format!("{SMALL}&t=40"));
    page.pass(4000.0);
    offer(&mut page, file(without));
    assert_eq!(page.session.data().file(), Some("own.npz"), "{:?}", page.notices);
    page
}

/// The digest of the page's run, trained from its file by the plain path.
fn digest_here(page: &Page, without: &[&str]) -> String {
    let (data, run) = (OwnData::read(&file(without)).expect("our own file"), page.session.run());
    let mut trainer = data.run(&run.spec, true).expect("a start").trainer;
    trainer.advance(page.step());
    digest(trainer.mask(), trainer.weights())
}

#[test]
fn the_lab_goes_over_to_own_data_and_comes_back_to_the_very_moment() {
    let mut page = Page::open(&format!("{SMALL}&t=40&twin=momentum"));
    page.pass(4000.0);
    let (address, before) = (page.address.clone(), page.session.run().digest.clone());
    let probes = page.session.campaign().probes().to_vec();
    let asked = page.requests.len();
    offer(&mut page, file(&[]));
    let run = page.session.run();
    assert_eq!((run.spec.samples, run.spec.dimension, run.spec.neurons), (80, 15, 4));
    assert_eq!((page.twin, page.session.campaign().probes().len(), page.session.ghosts().len()), (None, 0, 0));
    page.tell(Event::Steps(30));
    page.pass(2000.0);
    let run = page.session.run();
    assert_eq!((page.step(), &run.digest), (30, &digest_here(&page, &[])));
    assert!(run.curve[30] < run.curve[0] && run.path.len() == 31);
    let said = &page.said.last().expect("it rests").1;
    assert!(said.starts_with("On own data after 30") && said.contains("relative error"), "{said}");
    assert_eq!(captions::lights(run).map(|light| light.map(|light| light.state)), {
        let silent = Some(State::NotPromised);
        [Some(State::Met), silent, silent, silent]
    });
    // Nothing that needs an oracle’s data is asked of anybody.
    let others = page.requests[asked..].iter().filter(|(_, asked)| {
        matches!(asked, Request::Probe { .. } | Request::Forecast { .. } | Request::Start { data: None, .. })
    });
    assert_eq!((others.count(), &page.address), (0, &address));

    page.tell(Event::Data(Doing::Closes));
    page.pass(4000.0);
    let run = page.session.run();
    assert_eq!((page.step(), &run.digest, &page.address), (40, &before, &address));
    assert!(run.forecast.is_some() && run.own.is_none() && page.session.data().file().is_none());
    assert_eq!((page.twin, page.session.campaign().probes()), (Some(Twin::Momentum), &probes[..]));
    page.tell(Event::Field("N", "70".to_owned()));
    page.pass(500.0);
    assert_eq!(page.session.run().spec.samples, 70);
}

#[test]
fn without_an_oracle_the_training_loss_is_shown_and_nothing_that_would_need_one() {
    let mut page = opened(&["W_star", "M"]);
    page.tell(Event::Steps(50));
    page.pass(2000.0);
    let run = page.session.run();
    let [first, now] = run.loss.expect("told");
    assert_eq!((run.curve[0], run.curve[50], run.path.len()), (first, now, 0));
    assert!(now < first && !run.knows_oracle() && run.standing().is_none());
    assert_eq!((&run.digest, run.mask().weights()), (&digest_here(&page, &["W_star", "M"]), 15 * run.spec.neurons));
    let chart = page.session.error_chart();
    assert!(chart.is_loss && chart.predicted_rate.is_none() && chart.axes().last_iteration() > 0);
    let said = &page.said.last().expect("it rests").1;
    assert!(said.contains("training loss") && !said.contains("relative"), "{said}");
    let words = format!("{:?} {} {}", told(run), captions::mask_text(run), captions::disc_text(run, &[]));
    assert!(words.contains("W_star is not known") && words.contains("not known") && !words.contains("NaN"), "{words}");
    for format in [Format::Svg(Picture::Disc), Format::Png(Picture::Disc)] {
        page.tell(Event::Save(format, String::new()));
    }
    assert!(page.files.is_empty() && page.said_of_saving.starts_with("Without W_star"), "{}", page.said_of_saving);

    // r̃ draws a mask, as the command line does by --effective-width.
    page.tell(Event::Field("r", "6".to_owned()));
    page.pass(500.0);
    assert!(page.session.run().mask().weights() < 15 * page.session.run().spec.neurons);
    page.tell(Event::Steps(20));
    page.pass(1000.0);
    assert_eq!(page.session.run().digest, digest_here(&page, &["W_star", "M"]));
    let spec = page.session.run().spec.clone();
    page.tell(Event::Field("lambda", "0".to_owned()));
    assert!(page.session.run().spec == spec && page.notices[0].contains("must be above 0"), "{:?}", page.notices);
}

#[test]
fn what_the_data_say_stays_and_what_drives_the_run_is_free() {
    let mut page = opened(&[]);
    let spec = page.session.run().spec.clone();
    for key in ["N", "d", "K", "sigma", "r", "overlap", "mask", "missed", "extra", "trial"] {
        page.tell(Event::Field(key, "1".to_owned()));
        let [sentence] = &page.notices[..] else { panic!("{key}: {:?}", page.notices) };
        assert!(page.session.run().spec == spec && sentence.contains("stays as it is"), "{key}: {sentence}");
    }
    for (key, value) in [("beta", "0.5"), ("eta", "0.1"), ("lambda", "0.25"), ("start-seed", "3"), ("T", "90")] {
        page.tell(Event::Field(key, value.to_owned()));
        assert!(page.notices.is_empty(), "{key}: {:?}", page.notices);
    }
    page.pass(500.0);
    let spec = &page.session.run().spec;
    assert_eq!((spec.momentum, spec.eta(), spec.start_distance, spec.start_seed), (0.5, 0.1, 0.25, 3));
    page.tell(Event::Steps(1_000));
    page.pass(3000.0);
    assert_eq!((page.step(), page.session.run().digest.clone()), (90, digest_here(&page, &[])));
    // The curve of the run before stays beside it.
    page.tell(Event::Field("beta", "0".to_owned()));
    page.pass(500.0);
    assert_eq!(page.session.ghosts().len(), 1);
    page.tell(Event::Defaults);
    assert_eq!((page.session.run().spec.samples, page.session.run().spec.momentum), (80, 0.9));
}

#[test]
fn no_link_window_or_twin_pretends_to_have_the_data_and_files_name_them() {
    let mut page = opened(&["W_star"]);
    let address = page.address.clone();
    page.tell(Event::CopyLink);
    assert_eq!((&page.copied, &page.notices[..]), (&None, &[NO_LINK.to_owned()][..]));
    page.tell(Event::Twin(Some(Twin::Dense)));
    page.tell(Event::Steps(12));
    page.tell(Event::Notes);
    page.pass(3000.0);
    assert!(page.twin.is_none() && page.address == address, "{}", page.address);
    let shows = |word: &Word| matches!(word, Word::Shows(_) | Word::Wants(_));
    assert!(!page.said_to_windows.iter().any(shows), "{:?}", page.said_to_windows);

    let digest_of_data = page.session.run().own.as_ref().expect("own data").digest.clone();
    let run = page.session.run().digest.clone();
    for format in [Format::Csv, Format::Json, Format::Npz, Format::Svg(Picture::Error)] {
        page.tell(Event::Save(format, "https://x.org/".to_owned()));
        page.pass(500.0);
        let (name, content) = page.files.pop().unwrap_or_else(|| panic!("{format:?}: {}", page.said_of_saving));
        let text = match content {
            Content::Text(text) => text,
            // NumPy’s texts have four bytes a letter.
            Content::Bytes(bytes) => String::from_utf8_lossy(&bytes).replace('\0', ""),
            Content::Pixels { .. } => panic!("pixels"),
        };
        assert!(text.contains(&digest_of_data) && text.contains(&run) && !text.contains("x.org"), "{name}");
        assert_eq!(name.starts_with("training-loss-"), name.ends_with(".svg"), "{name}");
        if format == Format::Csv {
            assert!(text.contains("\nt,risk\n0,") && text.contains("\n12,"), "{text}");
        }
    }
    page.tell(Event::CopyCommand);
    let line = "winning-ticket run --data own.npz --momentum 0.9 --seed 1 --max-steps 1200 --until 12";
    assert_eq!(page.copied, Some(Copying::Command(line.to_owned())));
    // Whoever follows a link leaves the data.
    page.go_to("v=1&r=5&N=60&K=3&d=20&seed=2&T=1200");
    page.pass(1000.0);
    assert_eq!((page.session.data().file(), page.session.run().spec.seed, page.step()), (None, 2, 0));
}

#[test]
fn a_file_that_cannot_be_taken_is_told_of_and_nothing_changes() {
    let mut page = Page::open(&format!("{SMALL}&t=40"));
    page.pass(4000.0);
    let before = (page.address.clone(), page.session.run().digest.clone());
    let refused = |page: &mut Page, bytes: Vec<u8>, why: &str| {
        offer(page, bytes);
        assert_eq!(page.notices, [format!("own.npz cannot be taken: {why}. Nothing has changed.")]);
        assert_eq!((page.address.clone(), page.session.run().digest.clone()), before);
        assert_eq!((page.step(), page.session.data().file()), (40, None));
    };
    refused(&mut page, vec![7; 90], "the file is no npz file: NumPy's savez and savez_compressed write such files");
    refused(
        &mut page,
        file(&["y"]),
        "y is missing: the file has X, _, W_star, M_star, M, W0, W, relative_error, risk, bits, seed, t …",
    );
    let read = page.files_read;
    page.tell(Event::Data(Doing::Offers { file: "own.npz".to_owned(), bytes: 150_000_000 }));
    assert_eq!(
        page.notices,
        ["own.npz cannot be taken: it has 150\u{202f}MB, and at most 100 MB are read. Nothing has changed."]
            .map(|text| text.replace('\u{202f}', " "))
    );
    assert_eq!((page.files_read, read), (2, 2), "it is not even read");
    page.tell(Event::Data(Doing::Offers { file: "own.npz".to_owned(), bytes: 9 }));
    page.tell(Event::Data(Doing::IsNotRead));
    assert!(page.notices[0].contains("the browser could not read it"), "{:?}", page.notices);
    // Own data that are open stay open, too.
    offer(&mut page, file(&[]));
    page.tell(Event::Steps(5));
    page.pass(500.0);
    let open = page.session.run().digest.clone();
    offer(&mut page, vec![7; 90]);
    assert_eq!((page.session.data().file(), &page.session.run().digest), (Some("own.npz"), &open));
    page.tell(Event::Steps(1));
    page.pass(500.0);
    assert_eq!((page.step(), page.session.run().digest.clone()), (6, digest_here(&page, &[])));
}

#[test]
fn what_is_being_read_is_told_at_once_how_far_it_is_and_what_came_of_it() {
    let mut page = Page::open(&format!("{SMALL}&t=40"));
    page.pass(4000.0);
    let told = |page: &Page| {
        let opening = page.session.data().opening().expect("on its way");
        (opening.words().replace('\u{a0}', " "), opening.percent())
    };
    let announced = |page: &Page| page.announced.iter().map(|(_, words)| words.clone()).collect::<Vec<_>>().join(" ");
    page.tell(Event::Data(Doing::Offers { file: "own.npz".to_owned(), bytes: 90_000_000 }));
    assert_eq!(told(&page), ("Reading own.npz, 90 MB …".to_owned(), None));
    page.pass(2100.0);
    assert!(announced(&page).contains("Reading own.npz"), "{}", announced(&page));
    page.tell(Event::Data(Doing::HasRead(45_000_000)));
    assert_eq!(told(&page).1, Some(50));
    page.answers = false;
    page.file = file(&[]);
    page.tell(Event::Data(Doing::IsRead));
    assert_eq!(told(&page), ("Unpacking own.npz, 90 MB …".to_owned(), Some(0)));
    let data = 1;
    page.tell(Event::FromWorker(TRAINER, FromWorker::Reply(Reply::Reading { data, share: 0.42 })));
    page.tell(Event::FromWorker(TRAINER, FromWorker::Reply(Reply::Reading { data: 7, share: 0.9 })));
    assert_eq!(told(&page).1, Some(42));
    page.answers = true;
    let outline = OwnData::read(&file(&[])).expect("our own file").outline().clone();
    let outcome = Ok(Box::new(outline));
    page.tell(Event::FromWorker(TRAINER, FromWorker::Reply(Reply::Opened { data, outcome })));
    page.pass(4100.0);
    assert!(page.session.data().opening().is_none() && page.session.data().file() == Some("own.npz"));
    assert!(announced(&page).contains("own.npz is open: 80 samples of 15 features"), "{}", announced(&page));
}

#[test]
fn a_file_that_is_cancelled_while_the_browser_or_a_worker_reads_it_is_not_opened() {
    let mut page = Page::open(&format!("{SMALL}&t=40"));
    page.pass(4000.0);
    let cancelled = "own.npz is not opened: its reading was cancelled. Nothing has changed.";
    let offered = |page: &mut Page| {
        page.tell(Event::Data(Doing::Offers { file: "own.npz".to_owned(), bytes: 90_000_000 }));
        assert!(page.notices.is_empty(), "{:?}", page.notices);
    };
    offered(&mut page);
    page.tell(Event::Data(Doing::Cancels));
    assert_eq!((&page.notices[..], page.session.data().opening().is_none()), (&[cancelled.to_owned()][..], true));
    // What the browser had read just then is nobody's.
    let asked = page.requests.len();
    page.tell(Event::Data(Doing::IsRead));
    page.pass(500.0);
    assert_eq!(page.requests.len(), asked);

    offered(&mut page);
    page.answers = false;
    page.file = file(&[]);
    page.tell(Event::Data(Doing::IsRead));
    assert!(matches!(page.requests.last(), Some((TRAINER, Request::Open { data: 2, .. }))));
    page.tell(Event::Data(Doing::Cancels));
    assert!(matches!(page.requests.last(), Some((TRAINER, Request::Stop))));
    page.answers = true;
    let outcome = Err("late".to_owned());
    page.tell(Event::FromWorker(TRAINER, FromWorker::Reply(Reply::Opened { data: 2, outcome })));
    assert_eq!((&page.notices[..], page.session.data().file()), (&[cancelled.to_owned()][..], None));
    // The worker is free: the run goes on.
    page.tell(Event::Steps(5));
    page.pass(1000.0);
    assert_eq!(page.step(), 45);
    // Of two that are offered one after the other the later is read, at once.
    offered(&mut page);
    page.answers = false;
    page.file = file(&[]);
    page.tell(Event::Data(Doing::IsRead));
    offered(&mut page);
    assert!(matches!(page.requests.last(), Some((TRAINER, Request::Stop))));
    page.answers = true;
    page.file = file(&["W_star"]);
    page.tell(Event::Data(Doing::IsRead));
    page.pass(1000.0);
    assert!(page.session.data().file() == Some("own.npz") && !page.session.run().knows_oracle());
}

#[test]
fn a_worker_that_fails_takes_the_data_along_and_the_page_says_so() {
    let mut page = opened(&[]);
    page.tell(Event::FromWorker(TRAINER, FromWorker::Failed("unreachable".to_owned())));
    page.pass(3000.0);
    assert!(page.notices[0].starts_with("own.npz is closed: the worker"), "{:?}", page.notices);
    assert_eq!((page.session.data().file(), page.step()), (None, 40));
    // While it reads, too.
    page.answers = false;
    offer(&mut page, file(&[]));
    page.tell(Event::FromWorker(TRAINER, FromWorker::Failed("out of memory".to_owned())));
    assert!(page.notices[0].contains("the worker that read it stopped"), "{:?}", page.notices);
    page.answers = true;
    page.pass(3000.0);
    page.tell(Event::FromWorker(TRAINER, FromWorker::Reply(Reply::NotStarted { run: 0, why: "late".to_owned() })));
    offer(&mut page, file(&[]));
    assert_eq!(page.session.data().file(), Some("own.npz"));
    let run = page.session.run().number;
    page.tell(Event::FromWorker(TRAINER, FromWorker::Reply(Reply::NotStarted { run, why: "X is flat".to_owned() })));
    assert_eq!(
        (page.session.data().file(), &page.notices[..]),
        (None, &["own.npz cannot be taken: X is flat. Nothing has changed.".to_owned()][..])
    );
}
