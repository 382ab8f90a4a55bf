//! What pointers over the pictures mean. A mouse points where it is and no more when it leaves. A finger points where it
//! comes down; what it pointed at stays when it is lifted, for it cannot point without a touch, unless the browser takes it to
//! scroll the page. A probe it chooses by a tap only.

use super::event::{Event, Pointed};
use super::painting;

/// A picture that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The relative error.
    Error,
    /// The convex region.
    Disc,
    /// The masks.
    Masks,
    /// The network.
    Network,
}

/// The pictures.
pub const PICTURES: [Picture; 4] = [Picture::Error, Picture::Disc, Picture::Masks, Picture::Network];

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It comes down.
    Down,
    /// It moves, down.
    Moves,
    /// It moves, and is not down.
    Hovers,
    /// It is lifted.
    Lifts,
    /// It leaves the picture, or is lifted where there is no pointer then.
    Leaves,
    /// The browser has taken it for something else.
    Cancelled,
    /// It clicked, or tapped.
    Clicks,
}

/// What each is called by browsers.
pub const NAMES: [(&str, Doing); 6] = [
    ("pointerdown", Doing::Down),
    ("pointermove", Doing::Moves),
    ("pointerup", Doing::Lifts),
    ("pointerleave", Doing::Leaves),
    ("pointercancel", Doing::Cancelled),
    ("click", Doing::Clicks),
];

/// What it means that a pointer, a finger's or another, does this in a picture at `place`, in CSS pixels from its corner.
pub fn meaning(picture: Picture, doing: Doing, finger: bool, place: (f64, f64)) -> Option<Event> {
    let points = match doing {
        Doing::Down | Doing::Moves | Doing::Hovers => true,
        Doing::Lifts => return (picture == Picture::Masks).then_some(Event::Mask(painting::Doing::Ends)),
        Doing::Leaves if finger => return None,
        Doing::Leaves | Doing::Cancelled => false,
        Doing::Clicks => return (picture == Picture::Disc).then_some(Event::DiscClicked(place)),
    };
    Some(match picture {
        Picture::Disc if points && (finger || doing == Doing::Down) => return None,
        Picture::Disc => Event::ProbeAt(points.then_some(place)),
        Picture::Error => Event::CursorAt(points.then_some(place.0)),
        Picture::Masks if doing == Doing::Down => Event::Mask(painting::Doing::Down(place)),
        Picture::Masks if doing == Doing::Moves => Event::Mask(painting::Doing::Moves(place)),
        Picture::Masks if points => Event::Mask(painting::Doing::Hovers(place)),
        Picture::Masks => Event::Light(None),
        Picture::Network => Event::Light(points.then_some(Pointed::Column(place.0))),
    })
}

/// What it means that a picture loses the focus, by which keys pointed in it.
pub fn blurred(picture: Picture) -> Option<Event> {
    match picture {
        Picture::Error => Some(Event::CursorAt(None)),
        Picture::Disc => Some(Event::ForgetProbe),
        Picture::Masks => Some(Event::Light(None)),
        Picture::Network => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const PLACE: (f64, f64) = (3.0, 7.0);

    #[test]
    fn a_mouse_points_where_it_is_and_no_more_when_it_leaves() {
        let by_mouse = |picture, doing| meaning(picture, doing, false, PLACE);
        assert!(matches!(by_mouse(Picture::Error, Doing::Moves), Some(Event::CursorAt(Some(3.0)))));
        assert!(matches!(by_mouse(Picture::Masks, Doing::Moves), Some(Event::Mask(painting::Doing::Moves(PLACE)))));
        assert!(matches!(by_mouse(Picture::Masks, Doing::Hovers), Some(Event::Mask(painting::Doing::Hovers(PLACE)))));
        assert!(matches!(by_mouse(Picture::Masks, Doing::Leaves), Some(Event::Light(None))));
        assert!(matches!(by_mouse(Picture::Network, Doing::Moves), Some(Event::Light(Some(Pointed::Column(3.0))))));
        assert!(matches!(by_mouse(Picture::Disc, Doing::Moves), Some(Event::ProbeAt(Some(PLACE)))));
        assert!(matches!(by_mouse(Picture::Error, Doing::Leaves), Some(Event::CursorAt(None))));
        assert!(matches!(by_mouse(Picture::Disc, Doing::Leaves), Some(Event::ProbeAt(None))));
    }

    #[test]
    fn what_a_lifted_finger_pointed_at_stays_unless_the_page_scrolls() {
        for picture in [Picture::Error, Picture::Masks, Picture::Network] {
            assert!(meaning(picture, Doing::Down, true, PLACE).is_some());
            assert!(meaning(picture, Doing::Leaves, true, PLACE).is_none());
            let cancelled = meaning(picture, Doing::Cancelled, true, PLACE);
            assert!(matches!(cancelled, Some(Event::CursorAt(None) | Event::Light(None))));
        }
    }

    #[test]
    fn keys_point_no_more_in_a_picture_that_loses_the_focus() {
        assert!(matches!(blurred(Picture::Error), Some(Event::CursorAt(None))));
        assert!(matches!(blurred(Picture::Disc), Some(Event::ForgetProbe)));
        assert!(matches!(blurred(Picture::Masks), Some(Event::Light(None))));
        assert!(blurred(Picture::Network).is_none(), "it takes no keys");
    }

    #[test]
    fn the_masks_alone_are_told_of_a_stroke_s_beginning_and_end() {
        let of = |picture, doing| meaning(picture, doing, false, PLACE);
        assert!(matches!(of(Picture::Masks, Doing::Down), Some(Event::Mask(painting::Doing::Down(PLACE)))));
        assert!(matches!(of(Picture::Masks, Doing::Lifts), Some(Event::Mask(painting::Doing::Ends))));
        assert!(of(Picture::Error, Doing::Lifts).is_none() && of(Picture::Disc, Doing::Lifts).is_none());
    }

    #[test]
    fn a_finger_chooses_a_probe_by_a_tap_only() {
        assert!(meaning(Picture::Disc, Doing::Down, true, PLACE).is_none());
        assert!(meaning(Picture::Disc, Doing::Moves, true, PLACE).is_none());
        assert!(matches!(meaning(Picture::Disc, Doing::Clicks, true, PLACE), Some(Event::DiscClicked(PLACE))));
        assert!(meaning(Picture::Error, Doing::Clicks, false, PLACE).is_none());
    }
}
