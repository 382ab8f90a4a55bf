//! The flags of a Spec, made from the table of its fields, and `--link`.

use clap::{Arg, ArgAction, ArgMatches};

use super::mistake::Mistake;
use super::output;
use crate::link::{parse, quoted};
use crate::spec::fields::{FIELDS, Field, Kind};
use crate::spec::{LearnerMask, OutOfRange, Spec, Start};

/// `--link` and a flag for each field of the Spec for which `wanted` holds.
pub fn args(wanted: fn(&Field) -> bool) -> impl Iterator<Item = Arg> {
    let link = Arg::new("link")
        .long("link")
        .value_name("LINK")
        .help("A link of the page, or its part from # on; other flags override what it says");
    std::iter::once(link).chain(FIELDS.iter().filter(move |field| wanted(field)).map(arg))
}

fn arg(field: &Field) -> Arg {
    let default = Spec::default();
    let arg = Arg::new(field.flag).long(field.flag).help_heading("The run");
    if let Kind::Switch = field.kind {
        return arg.action(ArgAction::SetTrue).help(format!("{}: {}", field.symbol, field.meaning));
    }
    let help = format!(
        "{}: {}; {} [default: {}]",
        field.symbol,
        field.meaning,
        field.accepted(&default, |x| x.to_string()),
        (field.get)(&default)
    );
    arg.value_name(field.key).allow_negative_numbers(true).help(help)
}

/// The Spec that the flags ask for: that of the link, or the default, with what the flags say instead.
///
/// # Errors
/// The first value that is not accepted, whether it was given or is a default that the others rule out.
pub fn read(flags: &ArgMatches) -> Result<Spec, Mistake> {
    read_at(flags, &[])
}

/// The same at a place of a map, whose axes say these values of their fields.
///
/// # Errors
/// As [`read`]; also if a flag says one of them too.
pub fn read_at(flags: &ArgMatches, place: &[(&'static Field, f64)]) -> Result<Spec, Mistake> {
    let mut spec = Spec::default();
    let mut origin = "its default";
    if let Some(text) = flags.get_one::<String>("link") {
        let (link, notices) = parse(text);
        if let Some(notice) = notices.first() {
            // What follows the semicolon says how the page helps itself; here nothing is helped silently.
            let (sentence, _) = notice.rsplit_once("; ").unwrap_or((notice, ""));
            return Err(Mistake::Link(sentence.to_owned()));
        }
        (spec, origin) = (link.spec, "from the link");
    }
    // A range may depend on fields further down, so from the last to the first.
    for field in FIELDS.iter().rev() {
        let given = match field.kind {
            Kind::Switch => flags.get_flag(field.flag).then(|| "1".to_owned()),
            // A flag that this subcommand does not have was not given.
            _ => flags.try_get_one::<String>(field.flag).ok().flatten().cloned(),
        };
        let flag = field.flag;
        if let Some((_, value)) = place.iter().find(|(axis, _)| axis.key == field.key) {
            if let Some(text) = given {
                let accepted = format!("left out, for {} is an axis of the map", field.key);
                return Err(Mistake::Value { flag, value: quoted(&text), accepted });
            }
            let value = value.to_string();
            field.read(&mut spec, &value).map_err(|bad| OutOfRange { field, value, accepted: bad.accepted })?;
            continue;
        }
        let Some(text) = given else { continue };
        field.read(&mut spec, &text).map_err(|bad| Mistake::Value {
            flag,
            value: quoted(&text),
            accepted: bad.accepted,
        })?;
    }
    spec.validate().map_err(|OutOfRange { field, value, accepted }| Mistake::Value {
        flag: field.flag,
        value: format!("{value} ({origin})"),
        accepted,
    })?;
    let is_given = |field: &str| flags.try_get_one::<String>(field).ok().flatten().is_some();
    let moved = place.iter().any(|(axis, _)| ["lambda", "start-seed"].contains(&axis.key));
    if spec.start == Start::Tensor && (moved || is_given("start-distance") || is_given("start-seed")) {
        output::tell(
            "--start-distance and --start-seed say nothing of a tensor start; --start ball would follow them, as the run does \
             where there is no tensor start.",
        );
    }
    let varied = place.iter().any(|(axis, _)| ["missed", "extra"].contains(&axis.key));
    if spec.mask != LearnerMask::Wrong && (varied || spec.missed + spec.extra > 0.0) {
        output::tell("--missed and --extra speak of a wrong mask; --mask wrong would follow them.");
    }
    Ok(spec)
}
