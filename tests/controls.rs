//! The controls of index.html are those of the table of fields: each in its group and place, with the range, step, value,
//! names and words that the table has for it, and none besides.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use winning_ticket::notation::{Style, mathematics};
use winning_ticket::session::run::Run;
use winning_ticket::session::slider::SliderView;
use winning_ticket::spec::Spec;
use winning_ticket::spec::fields::{Control, FIELDS, Field, Group, Kind, Value};

/// A piece of the page: an opening tag with its attributes, and the text up to the next tag.
struct Piece {
    tag: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Piece {
    fn has(&self, name: &str, value: &str) -> bool {
        self.attributes.get(name).is_some_and(|found| found == value)
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn number(&self, name: &str) -> f64 {
        let text = self.attribute(name);
        text.parse().unwrap_or_else(|_| panic!("{name} of #{} is “{text}”", self.attribute("id")))
    }
}

/// The pieces of the form of controls. Closing tags are pieces too, with a slash before their name.
fn form() -> Vec<Piece> {
    let page = include_str!("../index.html");
    let form = page.split_once("<form id=\"controls\"").expect("a form").1.split_once("</form>").expect("its end").0;
    let pieces = form.split('<').skip(1).map(|piece| {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = BTreeMap::new();
        while !rest.trim().is_empty() {
            let key = rest.split([' ', '=']).find(|word| !word.is_empty()).expect("a name").to_owned();
            rest = rest.split_once(key.as_str()).expect("it is there").1;
            let value = match rest.strip_prefix("=\"").and_then(|quoted| quoted.split_once('"')) {
                Some((value, after)) => {
                    rest = after;
                    value
                }
                None => "",
            };
            attributes.insert(key, plain(value));
        }
        Piece { tag: name.to_owned(), attributes, text: plain(text) }
    });
    pieces.collect()
}

/// A text without entities.
fn plain(text: &str) -> String {
    text.replace("&#8239;", "\u{202f}").replace("&nbsp;", "\u{a0}")
}

/// The element with this id and its place.
fn element<'a>(form: &'a [Piece], id: &str) -> (usize, &'a Piece) {
    let mut found = form.iter().enumerate().filter(|(_, piece)| piece.has("id", id));
    let first = found.next().unwrap_or_else(|| panic!("index.html has no #{id}"));
    assert!(found.next().is_none(), "index.html has two #{id}");
    first
}

/// All text of the element at this place, the parts inside it included.
fn words(form: &[Piece], place: usize) -> String {
    let end = format!("/{}", form[place].tag);
    let inside = form[place..].iter().take_while(|piece| piece.tag != end);
    inside.map(|piece| piece.text.as_str()).collect::<String>().split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a control is called: by its own attribute, or by its label.
fn name_of(form: &[Piece], id: &str) -> String {
    let (_, control) = element(form, id);
    match control.attributes.get("aria-label") {
        Some(name) => name.clone(),
        None => label_of(form, id).unwrap_or_else(|| panic!("#{id} has no name")),
    }
}

fn label_of(form: &[Piece], id: &str) -> Option<String> {
    let place = form.iter().position(|piece| piece.tag == "label" && piece.has("for", id))?;
    Some(words(form, place))
}

/// The field's name with its symbol, where that is one.
fn full_name(field: &Field) -> String {
    match mathematics(field.symbol).first() {
        Some((_, Style::Symbol)) => format!("{} {}", field.name, field.symbol),
        _ => field.name.to_owned(),
    }
}

/// The id of what sets a field.
fn id_of(field: &Field) -> String {
    let part = match field.control {
        Control::Slider(_) => "slider",
        Control::Box => "box",
        Control::Menu(_) => "choice",
        Control::Switch => "switch",
        Control::Picture => return "mask-canvas".to_owned(),
    };
    format!("{}-{part}", field.key)
}

#[test]
fn every_field_has_its_control_in_its_place_and_there_is_no_other() {
    let form = form();
    let (more, _) = element(&form, "more");
    let of_table = |group| {
        FIELDS
            .iter()
            .filter(move |field| field.group == group && field.control != Control::Picture)
            .map(id_of)
            .collect::<Vec<_>>()
    };
    let kinds = ["-slider", "-choice", "-switch", "-box"];
    let of_page = |pieces: &[Piece]| {
        let ids: Vec<String> = pieces
            .iter()
            .map(|piece| piece.attribute("id").to_owned())
            .filter(|id| kinds.iter().any(|kind| id.ends_with(kind)))
            .collect();
        let has_slider = |id: &String| ids.contains(&id.replace("-box", "-slider"));
        ids.iter().filter(|id| !id.ends_with("-box") || !has_slider(id)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of_page(&form[..more]), of_table(Group::Primary));
    assert_eq!(of_page(&form[more..]), of_table(Group::More));
}

#[test]
fn sliders_and_boxes_have_the_range_the_value_and_the_names_of_the_table() {
    let form = form();
    let run = Run::new(0, Spec::default());
    for field in FIELDS.iter().filter(|field| matches!(field.control, Control::Slider(_) | Control::Box)) {
        let key = field.key;
        let (_, number) = element(&form, &format!("{key}-box"));
        let Some(view) = SliderView::of(field, &run.spec, &run.known) else {
            assert_eq!(name_of(&form, &id_of(field)), field.name);
            assert_eq!(number.attribute("value"), (field.get)(&run.spec).to_string(), "{key}");
            continue;
        };
        let (_, slider) = element(&form, &id_of(field));
        let travel = (slider.number("min"), slider.number("max"), slider.number("step"));
        assert_eq!(travel, view.travel, "{key}");
        assert!((slider.number("value") - view.position).abs() <= 0.5 * travel.2, "{key}");
        assert_eq!(number.attribute("value"), view.text, "{key}");
        let end = |name: &str| words(&form, element(&form, &format!("{key}-{name}")).0);
        assert_eq!((end("min"), end("max")), view.ends, "{key}");
        assert_eq!(name_of(&form, &id_of(field)), full_name(field));
        assert_eq!(label_of(&form, &id_of(field)), Some(full_name(field).replace('_', "")));
        assert_eq!(name_of(&form, &format!("{key}-box")), format!("{}, value", full_name(field)));
        // Without numbers in the travel a reader is told the value itself.
        let speaks = travel.2 == 1.0 && travel.0 == 0.0;
        assert!(!speaks || slider.attribute("aria-valuetext") == view.text, "{key}");
    }
}

#[test]
fn menus_offer_the_words_of_the_table_and_switches_are_as_by_default() {
    let form = form();
    let default = Spec::default();
    for field in &FIELDS {
        let id = id_of(field);
        match (field.control, &field.kind) {
            (Control::Menu(told), Kind::Choice(keys)) => {
                assert_eq!(name_of(&form, &id), field.name);
                let (place, _) = element(&form, &id);
                let options = form[place..].iter().take_while(|piece| piece.tag != "/select");
                let options: Vec<&Piece> = options.filter(|piece| piece.tag == "option").collect();
                let offered: Vec<(&str, &str)> =
                    options.iter().map(|option| (option.attribute("value"), option.text.trim())).collect();
                let wanted: Vec<(&str, &str)> = keys.iter().copied().zip(told.iter().copied()).collect();
                assert_eq!((offered, keys.len()), (wanted, told.len()), "{}", field.key);
                let chosen = options.iter().find(|option| option.attributes.contains_key("selected"));
                let chosen = chosen.map(|option| option.attribute("value").to_owned());
                assert_eq!(chosen, Some((field.get)(&default).to_string()), "{}", field.key);
            }
            (Control::Switch, Kind::Switch) => {
                assert_eq!(name_of(&form, &id), field.name);
                let (_, switch) = element(&form, &id);
                let on = (field.get)(&default) == Value::Number(1.0);
                assert!(switch.has("type", "checkbox") && switch.attributes.contains_key("checked") == on);
            }
            (Control::Slider(_) | Control::Box, Kind::Real { .. } | Kind::Whole { .. }) => {}
            (Control::Picture, Kind::Painting) => {}
            _ => panic!("{} is set by what cannot set it", field.key),
        }
    }
}

#[test]
fn a_word_that_a_number_can_be_replaced_by_has_its_button() {
    let form = form();
    for field in &FIELDS {
        if let Kind::Real { word: Some(word), .. } = field.kind {
            let (_, button) = element(&form, &format!("{}-{word}", field.key));
            let pressed = (field.get)(&Spec::default()) == Value::Word(word);
            assert!(button.tag == "button" && button.has("aria-pressed", if pressed { "true" } else { "false" }));
        }
    }
}

#[test]
fn the_speed_menu_has_the_speeds_that_a_message_may_ask_for() {
    let page = include_str!("../index.html");
    let menu = page.split_once("<select id=\"speed\"").expect("a menu").1.split_once("</select>").expect("its end").0;
    let speeds: Vec<&str> =
        menu.split("<option value=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    assert_eq!(speeds, winning_ticket::session::transport::SPEEDS);
}
