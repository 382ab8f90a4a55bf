//! Files of the run.

use super::SMALL;
use super::page::Page;
use crate::session::event::Event;
use crate::session::order::Copying;
use crate::session::saving::{AWAITS_FORECAST, BEING_MADE, Content, Format, GIVEN_UP, Picture};
use crate::spec::Twin;
use crate::trials::messages::{Request, RunFile};

const HERE: &str = "https://x.org/lab/#r=5";

/// A page that has come to step 40 and rests there.
fn at_40() -> Page {
    let mut page = Page::open(&format!("{SMALL}&t=40"));
    // Until the status line has said all that it has to say.
    page.pass(4000.0);
    assert_eq!(page.step(), 40);
    page
}

fn is_save(request: &Request) -> bool {
    matches!(request, Request::Save { .. })
}

#[test]
fn pictures_and_the_curve_are_saved_at_once_with_the_status_line_and_where_they_come_from() {
    let mut page = at_40();
    let status = page.said.last().expect("it rests").1.clone();
    let link = format!("https://x.org/lab/#{}", page.address);
    let formats = Picture::ALL.into_iter().flat_map(|picture| [Format::Svg(picture), Format::Png(picture)]);
    for format in formats.chain([Format::Csv]) {
        page.tell(Event::Save(format, HERE.to_owned()));
        let (name, content) = page.files.pop().expect("a file");
        assert_eq!((&page.said_of_saving, page.files.len()), (&format!("Saved {name}"), 0));
        assert!(name.ends_with(&format!("-00000000.{}", format.ending())), "{name}");
        let (text, words) = match content {
            Content::Text(text) => (text, None),
            Content::Pixels { svg, words } => (svg, Some(words)),
            Content::Bytes(_) => panic!("{name} has bytes"),
        };
        let plain = text.replace("&amp;", "&").replace("</text>", "").replace('\u{a0}', " ");
        for part in [&link, "digest 0000000000000028, seed 1, bits epoch 2, Winning Ticket 0"] {
            assert!(plain.contains(part), "{part} in {name}: {plain}");
        }
        let first_words: String = status.replace('\u{a0}', " ").chars().take(20).collect();
        assert!(plain.contains(&first_words), "{first_words} in {name}");
        assert!(words.is_none_or(|words| words.starts_with(&status) && words.contains(&link)));
    }
    // What is only pointed at does not belong to the picture.
    page.tell(Event::CursorBy(3));
    page.tell(Event::Save(Format::Svg(Picture::Error), HERE.to_owned()));
    let pointed = page.files.pop();
    page.tell(Event::CursorAt(None));
    page.tell(Event::Save(Format::Svg(Picture::Error), HERE.to_owned()));
    assert!(pointed.is_some() && pointed == page.files.pop());
}

#[test]
fn after_going_back_the_moment_that_is_shown_is_saved() {
    let mut page = at_40();
    page.tell(Event::Seek(7));
    page.pass(500.0);
    page.tell(Event::Save(Format::Csv, String::new()));
    let Some((_, Content::Text(table))) = page.files.pop() else { panic!("a table") };
    assert!(table.contains("\n7,") && !table.contains("\n8,") && table.contains("# t = 7, digest 0000000000000007"));
    page.tell(Event::CopyCommand);
    let Some(Copying::Command(line)) = &page.copied else { panic!("{:?}", page.copied) };
    assert!(line.starts_with("winning-ticket run --effective-width 5 ") && line.ends_with(" --until 7"), "{line}");
    page.tell(Event::Steps(1_000_000));
    page.pass(2000.0);
    page.tell(Event::CopyCommand);
    assert!(matches!(&page.copied, Some(Copying::Command(line)) if line.ends_with("--max-steps 1200")));
}

#[test]
fn what_needs_the_worker_pauses_the_run_and_comes_of_that_moment() {
    let mut page = Page::open(SMALL);
    page.tell(Event::PlayOrPause);
    page.pass(500.0);
    for format in [Format::Npz, Format::Json] {
        page.tell(Event::Save(format, HERE.to_owned()));
        assert_eq!((page.session.is_playing(), page.said_of_saving.as_str()), (false, BEING_MADE));
    }
    page.pass(500.0);
    let step = page.step();
    let saves: Vec<&Request> =
        page.requests.iter().map(|(_, request)| request).filter(|asked| is_save(asked)).collect();
    let [
        Request::Save { wanted: RunFile::Arrays, provenance, forecast: None, beside: None, .. },
        Request::Save { wanted: RunFile::Record, forecast: Some(_), .. },
    ] = saves[..]
    else {
        panic!("{saves:?}")
    };
    assert_eq!((provenance.step, provenance.digest.clone()), (step, format!("{step:016x}")));
    assert_eq!(provenance.link, format!("https://x.org/lab/#{}", page.address));
    let names: Vec<&str> = page.files.iter().map(|(name, _)| name.rsplit('.').next().expect("an ending")).collect();
    assert_eq!(names, ["npz", "json"]);
    // The status line keeps telling where the run stands.
    assert!(
        page.said.last().is_some_and(|(_, sentence)| sentence.contains(&step.to_string())),
        "{:?}",
        page.said.last()
    );
}

#[test]
fn numbers_wait_for_the_forecast_and_another_run_gives_them_up() {
    let mut page = Page::open("");
    page.answers = false;
    page.tell(Event::Field("N", "300".to_owned()));
    page.tell(Event::Save(Format::Json, String::new()));
    assert!(page.said_of_saving.starts_with("Not yet"), "{}", page.said_of_saving);
    page.answer_late();
    page.pass(32.0);
    page.tell(Event::Save(Format::Json, String::new()));
    assert_eq!(page.said_of_saving, AWAITS_FORECAST);
    page.pass(50.0);
    assert_eq!(page.asked(is_save), 0);
    page.tell(Event::Field("N", "310".to_owned()));
    assert_eq!(page.said_of_saving, GIVEN_UP);
    page.pass(2000.0);
    page.tell(Event::Save(Format::Json, String::new()));
    page.pass(500.0);
    assert_eq!((page.asked(is_save), page.files.len()), (1, 1));
}

#[test]
fn the_run_beside_it_is_in_every_file() {
    let mut page = Page::open(&format!("{SMALL}&t=40&twin=momentum"));
    page.pass(1000.0);
    assert_eq!((page.step(), page.session.pair().map(|pair| pair.twin)), (40, Some(Twin::Momentum)));
    page.tell(Event::Save(Format::Csv, String::new()));
    let Some((_, Content::Text(table))) = page.files.pop() else { panic!("a table") };
    assert!(table.contains("\nt,relative_error,GD\n") && table.contains("# beside it GD, digest 0000000000000028\n"));
    assert!(table.lines().all(|line| line.starts_with('#') || line.split(',').count() == 3));
    page.tell(Event::Save(Format::Svg(Picture::Error), String::new()));
    let Some((_, Content::Text(picture))) = page.files.pop() else { panic!("a picture") };
    assert!(picture.contains(">GD</text>") && picture.contains("beside it GD, digest"));
    page.tell(Event::Save(Format::Npz, String::new()));
    page.pass(200.0);
    let beside = page.session.runs()[1].number;
    assert!(
        page.requests
            .iter()
            .any(|(_, asked)| matches!(asked, Request::Save { beside: Some(run), .. } if *run == beside))
    );
    page.tell(Event::CopyCommand);
    let Some(Copying::Command(line)) = &page.copied else { panic!("{:?}", page.copied) };
    let momenta: Vec<&str> = line.split("--momentum ").skip(1).map(|rest| &rest[..2]).collect();
    assert!(momenta == ["0.", "0 "] && line.matches(" && winning-ticket run ").count() == 1, "{line}");
}
