//! The lecture: scenes, each in beats that set the lab, let it play, and may hide what comes of it until the hall has voted.

use crate::language::{self, Language, tr, translate};
use crate::link::scene::{Place, SCENES};

/// A beat of a scene, as its file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beat {
    /// The fragment of the run that it sets; none where it stays at what is shown.
    pub link: Option<String>,
    /// The speed at which the run plays, as the menu has it; none where it stays paused.
    pub speed: Option<String>,
    /// The pictures whose outcome is covered, by their keys with spaces between; empty where nothing is.
    pub covers: String,
    /// How many answers the hall has to choose from; 0 where nothing is asked.
    pub answers: usize,
}

/// What a beat makes of the lab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// The fragment of the run; none where it stays at what is shown.
    pub link: Option<String>,
    /// Whether that stands at its end, where a beat before has let it play.
    pub at_its_end: bool,
    /// The speed at which it plays; none where it stays paused.
    pub speed: Option<String>,
    /// Whether the scene has just been entered.
    pub begins: bool,
}

/// What the reader or the shell does with the lecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// The file of this scene has come, with these beats.
    Loaded(usize, Vec<Beat>),
    /// It has not come.
    Missing(usize),
    /// So many beats on, or back.
    Steps(i32),
    /// The hall has chosen this answer, from 0.
    Votes(usize),
    /// The picture is to be dark, or seen again.
    Blanks,
    /// The picture is to be seen again.
    Brightens,
    /// The whole screen, or no longer.
    FullScreen,
    /// The lecture is left.
    Leaves,
}

/// What the shell has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Load the file of this scene, and tell of it by [`Doing::Loaded`] or [`Doing::Missing`].
    Load(usize),
    /// Show where the lecture is.
    Show,
    /// Turn to the whole screen, or back.
    FullScreen,
}

/// Where the file of a scene lies, beside the page.
pub fn file_of(scene: usize) -> String {
    let folder = match language::spoken() {
        Language::English => String::new(),
        other => format!("{}/", other.key()),
    };
    format!("scenes/{folder}{}.html", SCENES[scene].0)
}

/// Where the lecture is.
#[derive(Debug, Default)]
pub struct Lecture {
    place: Option<Place>,
    // of which scene they are, and they
    beats: Option<(usize, Vec<Beat>)>,
    // whether the beat is to set the lab once its scene has come
    sets_the_lab: bool,
    // whether the lab is as the beat before left it
    leads_on: bool,
    // whether that is the first beat since the scene was entered
    begins: bool,
    vote: Option<usize>,
    asked_again: bool,
    blank: bool,
    missing: bool,
}

impl Lecture {
    /// Whether it is on.
    pub fn is_on(&self) -> bool {
        self.place.is_some()
    }

    /// The place, once its scene has come.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The present beat.
    pub fn beat(&self) -> Option<&Beat> {
        let (place, (scene, beats)) = self.place.zip(self.beats.as_ref())?;
        beats.get(place.beat).filter(|_| place.scene == *scene)
    }

    /// Whether the hall is asked: what comes of the run is to stay hidden.
    pub fn asks(&self) -> bool {
        self.beat().is_some_and(|beat| beat.answers > 0)
    }

    /// What is covered until the hall has voted.
    pub fn covers(&self) -> &str {
        self.beat().map_or("", |beat| &beat.covers)
    }

    /// What the hall has chosen last.
    pub fn vote(&self) -> Option<usize> {
        self.vote
    }

    /// Whether the picture is dark.
    pub fn is_blank(&self) -> bool {
        self.blank
    }

    /// Where it stands, in words.
    pub fn words(&self) -> String {
        let Some(place) = self.place else { return String::new() };
        let Place { scene, beat } = place;
        match &self.beats {
            _ if self.missing => tr!("This scene could not be loaded.").to_owned(),
            // The tour has no number: it is none of the lecture's.
            Some((0, beats)) if scene == 0 => tr!("{beat} of\u{a0}{beats}", beat = beat + 1, beats = beats.len()),
            Some((of, beats)) if *of == scene => {
                tr!("Scene\u{a0}{scene} · {beat} of\u{a0}{beats}", scene, beat = beat + 1, beats = beats.len())
            }
            _ => tr!("Loading the scene …").to_owned(),
        }
    }

    /// What is said of the vote; nothing where nothing is asked.
    pub fn vote_words(&self) -> &'static str {
        match self.beat().filter(|beat| beat.answers > 0) {
            Some(_) if self.vote.is_some() => tr!("Noted. The next beat shows what happens."),
            Some(_) if self.asked_again => tr!("No answer yet: once more shows what happens all the same."),
            Some(_) => tr!("Choose first; the outcome stays hidden."),
            None => "",
        }
    }

    /// What follows the last beat of the scene: the title of the next one.
    pub fn after(&self) -> &'static str {
        let next = self.place.filter(|place| place.scene > 0).and_then(|place| SCENES.get(place.scene + 1));
        next.map_or(tr!("The end."), |(_, title, _)| translate(title))
    }

    /// Whether something follows.
    pub fn has_next(&self) -> bool {
        let beats = self.beats.as_ref().map_or(0, |(_, beats)| beats.len());
        self.place.is_some_and(|place| place.beat + 1 < beats || (place.scene > 0 && place.scene + 1 < SCENES.len()))
    }

    /// The address names this place, or none; `sets_the_lab` if it names no run of its own.
    pub fn follow(&mut self, place: Option<Place>, sets_the_lab: bool) -> Vec<ToDo> {
        if place == self.place && !(sets_the_lab && place.is_some()) {
            return Vec::new();
        }
        self.leads_on = false;
        self.go_to(place, sets_the_lab)
    }

    fn go_to(&mut self, place: Option<Place>, sets_the_lab: bool) -> Vec<ToDo> {
        let scene = |place: Option<Place>| place.map(|place| place.scene);
        self.begins = sets_the_lab && (self.begins || scene(place) != scene(self.place));
        (self.place, self.sets_the_lab, self.asked_again, self.missing) = (place, sets_the_lab, false, false);
        let loaded = self.beats.as_ref().map(|(scene, _)| *scene);
        let Some(place) = place else {
            self.blank = false;
            return vec![ToDo::Show];
        };
        if loaded == Some(place.scene) {
            self.clamp();
            return vec![ToDo::Show];
        }
        self.vote = None;
        vec![ToDo::Show, ToDo::Load(place.scene)]
    }

    /// A beat beyond the last is the last.
    fn clamp(&mut self) {
        if let (Some(place), Some((_, beats))) = (&mut self.place, &self.beats) {
            place.beat = place.beat.min(beats.len().saturating_sub(1));
        }
    }

    /// Another window has this vote, and is dark or not.
    pub(super) fn show_as(&mut self, vote: Option<usize>, blank: bool) -> Option<ToDo> {
        let differs = (self.vote, self.blank) != (vote, blank);
        (self.vote, self.blank) = (vote, blank);
        differs.then_some(ToDo::Show)
    }

    /// The picture is dark, or seen again, also where scenes of somebody's own are shown.
    pub(super) fn turn_dark(&mut self) -> ToDo {
        self.blank = !self.blank;
        ToDo::Show
    }

    /// Does it.
    pub(super) fn take(&mut self, doing: Doing) -> Vec<ToDo> {
        match doing {
            Doing::Loaded(scene, beats) if self.place.is_some_and(|place| place.scene == scene) => {
                self.beats = Some((scene, beats));
                self.clamp();
                vec![ToDo::Show]
            }
            Doing::Missing(scene) if self.place.is_some_and(|place| place.scene == scene) => {
                self.missing = true;
                vec![ToDo::Show]
            }
            Doing::Steps(by) => self.step(by),
            Doing::Votes(answer) if self.beat().is_some_and(|beat| answer < beat.answers) => {
                self.vote = Some(answer);
                vec![ToDo::Show]
            }
            Doing::Blanks if self.is_on() => vec![self.turn_dark()],
            Doing::Brightens if self.blank => vec![self.turn_dark()],
            Doing::FullScreen => vec![ToDo::FullScreen],
            Doing::Leaves => self.go_to(None, false),
            Doing::Loaded(..) | Doing::Missing(_) | Doing::Votes(_) | Doing::Blanks | Doing::Brightens => Vec::new(),
        }
    }

    fn step(&mut self, by: i32) -> Vec<ToDo> {
        let Some((place, beat)) = self.place.zip(self.beat()) else { return Vec::new() };
        let (asks, has_link) = (beat.answers > 0, beat.link.is_some());
        let beats = self.beats.as_ref().map_or(0, |(_, beats)| beats.len());
        let next = if by > 0 {
            if asks && self.vote.is_none() && !self.asked_again {
                self.asked_again = true;
                return vec![ToDo::Show];
            }
            match place.beat + 1 < beats {
                true => Place { beat: place.beat + 1, ..place },
                false if self.has_next() => Place { scene: place.scene + 1, beat: 0 },
                false => return Vec::new(),
            }
        } else {
            match place {
                Place { beat: 0, scene: 0 | 1 } => return Vec::new(),
                Place { beat: 0, scene } => Place::last_of(scene - 1),
                Place { beat, scene } => Place { scene, beat: beat - 1 },
            }
        };
        self.leads_on = next.scene == place.scene && (by > 0 || !has_link);
        let to_do = self.go_to(Some(next), true);
        if self.beat().is_some_and(|beat| beat.answers > 0) {
            self.vote = None;
        }
        to_do
    }

    /// What the beat makes of the lab now, once. One that goes on with the run of a beat before sets that where it was not
    /// reached from there: by going back, or by a link.
    pub(super) fn setting(&mut self) -> Option<Setting> {
        let Beat { link, speed, .. } = self.beat().filter(|_| self.sets_the_lab)?.clone();
        self.sets_the_lab = false;
        let begins = std::mem::take(&mut self.begins);
        let (place, (_, beats)) = self.place.zip(self.beats.as_ref())?;
        let before = || beats[..place.beat].iter().rposition(|beat| beat.link.is_some());
        match before().filter(|_| link.is_none() && !self.leads_on) {
            Some(from) => {
                let has_played = beats[from..place.beat].iter().any(|beat| beat.speed.is_some());
                Some(Setting { link: beats[from].link.clone(), at_its_end: has_played, speed, begins })
            }
            None => Some(Setting { link, at_its_end: false, speed, begins }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn scene(asks_at: usize) -> Vec<Beat> {
        (0..3).map(|beat| Beat { answers: if beat == asks_at { 2 } else { 0 }, ..Beat::default() }).collect()
    }

    fn at(scene: usize, beat: usize) -> Option<Place> {
        Some(Place { scene, beat })
    }

    #[test]
    fn beats_lead_from_scene_to_scene_both_ways() {
        let mut lecture = Lecture::default();
        assert_eq!(lecture.follow(at(2, 1), true), [ToDo::Show, ToDo::Load(2)]);
        assert!(lecture.take(Doing::Steps(1)).is_empty(), "it has not come");
        assert!(lecture.take(Doing::Loaded(7, scene(9))).is_empty(), "it is another one");
        lecture.take(Doing::Loaded(2, scene(9)));
        assert!(lecture.setting().is_some() && lecture.setting().is_none());
        assert_eq!(lecture.take(Doing::Steps(1)), [ToDo::Show]);
        assert_eq!((lecture.place(), lecture.words().as_str()), (at(2, 2), "Scene\u{a0}2 · 3 of\u{a0}3"));
        assert_eq!(lecture.take(Doing::Steps(1)), [ToDo::Show, ToDo::Load(3)]);
        lecture.take(Doing::Loaded(3, scene(9)));
        assert_eq!(lecture.take(Doing::Steps(-1)), [ToDo::Show, ToDo::Load(2)]);
        assert_eq!(lecture.place(), Some(Place::last_of(2)), "before its file has come");
        lecture.take(Doing::Loaded(2, scene(9)));
        assert_eq!(lecture.place(), at(2, 2), "from its end");
        // A link to a beat with its own run leaves the lab to the link.
        assert_eq!(lecture.follow(at(2, 0), false), [ToDo::Show]);
        assert!(lecture.setting().is_none() && lecture.follow(at(2, 0), false).is_empty());
        assert_eq!((lecture.take(Doing::Leaves), lecture.is_on()), (vec![ToDo::Show], false));
    }

    #[test]
    fn a_beat_without_a_run_of_its_own_goes_on_with_the_one_before_from_wherever_it_is_reached() {
        let plays = |link: Option<&str>, speed: Option<&str>| Beat {
            link: link.map(str::to_owned),
            speed: speed.map(str::to_owned),
            ..Beat::default()
        };
        let beats =
            || vec![plays(Some("r=20"), Some("100")), plays(None, None), plays(Some("r=80"), None), plays(None, None)];
        let set = |lecture: &mut Lecture| {
            let Setting { link, at_its_end, .. } = lecture.setting().expect("it is reached");
            (link, at_its_end)
        };
        let of = |link: &str, at_its_end| (Some(link.to_owned()), at_its_end);
        let mut lecture = Lecture::default();
        lecture.follow(at(2, 1), true);
        lecture.take(Doing::Loaded(2, beats()));
        assert_eq!(set(&mut lecture), of("r=20", true), "by a link");
        lecture.take(Doing::Steps(1));
        assert_eq!(set(&mut lecture), of("r=80", false));
        lecture.take(Doing::Steps(1));
        assert_eq!(set(&mut lecture), (None, false), "it is there already");
        lecture.take(Doing::Steps(-1));
        assert_eq!(set(&mut lecture), of("r=80", false));
        lecture.take(Doing::Steps(-1));
        assert_eq!(set(&mut lecture), of("r=20", true), "back from another run");
        lecture.follow(at(3, 0), true);
        lecture.take(Doing::Loaded(3, beats()));
        lecture.take(Doing::Steps(-1));
        lecture.take(Doing::Loaded(2, beats()));
        assert_eq!((lecture.place(), set(&mut lecture)), (at(2, 3), of("r=80", false)), "back from the next scene");
    }

    #[test]
    fn it_ends_with_the_last_scene_and_the_tour_with_itself() {
        for last in [0, SCENES.len() - 1] {
            let mut lecture = Lecture::default();
            lecture.follow(at(last, 2), true);
            lecture.take(Doing::Loaded(last, scene(9)));
            assert!(!lecture.has_next() && lecture.take(Doing::Steps(1)).is_empty());
        }
        let mut lecture = Lecture::default();
        lecture.follow(at(1, 0), true);
        lecture.take(Doing::Loaded(1, scene(9)));
        assert!(lecture.take(Doing::Steps(-1)).is_empty(), "before it there is the tour, which is none of the lecture");
    }

    #[test]
    fn the_outcome_waits_for_a_vote_or_for_being_asked_twice() {
        let mut lecture = Lecture::default();
        lecture.follow(at(2, 1), true);
        lecture.take(Doing::Loaded(2, scene(1)));
        assert!(lecture.take(Doing::Votes(2)).is_empty(), "there is no third answer");
        lecture.take(Doing::Steps(1));
        assert_eq!((lecture.place(), lecture.vote()), (at(2, 1), None));
        lecture.take(Doing::Votes(1));
        lecture.take(Doing::Steps(1));
        assert_eq!((lecture.place(), lecture.vote()), (at(2, 2), Some(1)), "the next beat can tell what was chosen");
        lecture.take(Doing::Steps(-1));
        assert_eq!(lecture.vote(), None, "asked anew");
        lecture.take(Doing::Steps(1));
        lecture.take(Doing::Steps(1));
        assert_eq!(lecture.place(), at(2, 2));
    }

    #[test]
    fn a_scene_that_does_not_come_is_told_of_and_dark_is_dark_only_in_the_lecture() {
        let mut lecture = Lecture::default();
        assert!(lecture.take(Doing::Blanks).is_empty());
        lecture.follow(at(4, 0), true);
        lecture.take(Doing::Missing(4));
        assert_eq!(lecture.words(), "This scene could not be loaded.");
        assert!(lecture.take(Doing::Brightens).is_empty());
        lecture.take(Doing::Blanks);
        assert!(lecture.is_blank());
        lecture.take(Doing::Brightens);
        assert!(!lecture.is_blank());
        lecture.take(Doing::Blanks);
        lecture.take(Doing::Leaves);
        assert!(!lecture.is_blank());
    }
}
