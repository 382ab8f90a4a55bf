//! The link of the present moment as a QR code, for the phones in the hall.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use super::driving::without_driver;
use super::saving::public_part;
use crate::language::tr;
use crate::link::quoted;
use crate::notation::grouped;

/// Characters of a link at most: the modules of a longer one would be too small for the back row.
pub const LONGEST: usize = 300;
/// Light modules around the code, as ISO/IEC 18004 asks for.
const MARGIN: i32 = 4;
/// Characters of an address at most: it leaves the run and its moment room.
const LONGEST_ADDRESS: usize = 150;
/// Characters of a link on paper at most: held in the hand, modules of a third of a millimetre are large enough.
const LONGEST_ON_PAPER: usize = 600;

/// Where the page can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Where it was opened.
    pub here: String,
    /// Where it is to be, as it was said when it was built; empty if it was not.
    pub built: String,
    /// Where it is, as the lecturer typed it; empty if nothing was typed.
    pub typed: String,
}

impl Addresses {
    /// Whether only this machine can open the page where it was opened: a lecturer's own, or a file.
    pub fn is_own(&self) -> bool {
        public_part(&self.here).is_empty()
    }

    /// The address that others can open; none if there is none.
    fn public(&self) -> Option<String> {
        if !self.is_own() {
            let here = self.here.split('#').next().unwrap_or_default();
            return Some(without_driver(here));
        }
        let address = if self.typed.is_empty() { &self.built } else { &self.typed };
        read_address(address).ok()
    }

    /// The link with this fragment that others can open; none if there is none.
    pub fn link(&self, fragment: &str) -> Option<String> {
        let address = self.public().filter(|address| !address.is_empty())?;
        Some(format!("{address}#{fragment}"))
    }

    /// The link with this fragment as it stands on paper, or that it is too long for it, and its code if others can open it.
    pub fn on_paper(&self, fragment: &str) -> (String, Option<Modules>) {
        let public = self.link(fragment);
        let here = || format!("{}#{fragment}", self.here.split('#').next().unwrap_or_default());
        let link = public.clone().unwrap_or_else(here);
        let length = link.chars().count();
        if length > LONGEST_ON_PAPER {
            let told = tr!("The link to it has {length} characters, too many for paper.", length = grouped(length));
            return (told, None);
        }
        (link, public.and_then(|link| Modules::of(&link)))
    }
}

/// The address of the page as the lecturer typed it, without what follows it in a link; empty for none.
///
/// # Errors
/// A sentence that says what it must be.
pub fn read_address(text: &str) -> Result<String, String> {
    let address = text.trim().split(['#', '?']).next().unwrap_or_default();
    let said = quoted(text.trim());
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    match host {
        _ if text.trim().is_empty() => Ok(String::new()),
        _ if address.chars().count() > LONGEST_ADDRESS => {
            let length = address.chars().count();
            let most = LONGEST_ADDRESS;
            Err(tr!("The address has {length} characters, but must have at most {most}.", length, most))
        }
        Some(host) if !host.is_empty() && !host.starts_with('/') && !address.contains(char::is_whitespace) => {
            if public_part(address).is_empty() {
                return Err(tr!(
                    "The address is {said}, but must be one that phones can open, not one of this machine alone.",
                    said
                ));
            }
            Ok(address.to_owned())
        }
        _ => Err(tr!(
            "The address is {said}, but must begin with https:// or http:// and name a host, such as \
             https://example.org/lab/.",
            said
        )),
    }
}

/// The modules of a code, as lines of an SVG path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modules {
    /// Width and height in modules, the light margin included.
    pub side: i32,
    /// The dark ones.
    pub path: String,
}

impl Modules {
    /// Of a text that is short enough.
    fn of(text: &str) -> Option<Self> {
        // Projected, it has no stains to be mended: large modules count for more.
        let bytes = [QrSegment::make_bytes(text.as_bytes())];
        let (least, most) = (Version::MIN, Version::MAX);
        let code = QrCode::encode_segments_advanced(&bytes, QrCodeEcc::Low, least, most, None, true).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let dark = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
                if dark > 0 {
                    path.push_str(&format!("M{} {}h{dark}v1h-{dark}z", x + MARGIN, y + MARGIN));
                }
                x += dark + 1;
            }
        }
        Some(Self { side: code.size() + 2 * MARGIN, path })
    }

    /// The code as a picture.
    pub fn svg(&self) -> String {
        let Self { side, path } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\">\
             <path shape-rendering=\"crispEdges\" d=\"{path}\"/></svg>"
        )
    }
}

/// What is shown of a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its link; empty where no phone could open it.
    pub link: String,
    /// The code; none where there is no such link, or where it is too long.
    pub modules: Option<Modules>,
    /// What is said of it.
    pub sentence: String,
}

impl Shown {
    /// Of the moment that `fragment` names.
    pub fn of(addresses: &Addresses, fragment: &str) -> Self {
        let Some(link) = addresses.link(fragment) else {
            let sentence =
                tr!("Only this machine can open the page where it is. Type the address under which phones find it.");
            return Self { link: String::new(), modules: None, sentence: sentence.to_owned() };
        };
        let length = link.chars().count();
        if length > LONGEST {
            let (length, most) = (grouped(length), grouped(LONGEST));
            let sentence = tr!(
                "This link has {length} characters; with more than {most} a code is too fine for the back row. Copy the link \
                 instead.",
                length,
                most
            );
            return Self { link, modules: None, sentence };
        }
        let modules = Modules::of(&link);
        Self { link, modules, sentence: tr!("It opens this moment: the same step, the same digest.").to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn at(here: &str, built: &str, typed: &str) -> Addresses {
        Addresses { here: here.to_owned(), built: built.to_owned(), typed: typed.to_owned() }
    }

    #[test]
    fn a_page_of_this_machine_alone_needs_an_address_that_phones_can_open() {
        let link = |here, built, typed| Shown::of(&at(here, built, typed), "v=1&seed=1").link;
        let public = "https://x.org/lab/?driver=https://a.org#v=1&seed=9";
        assert_eq!(link(public, "https://b.org/", "https://c.org/"), "https://x.org/lab/#v=1&seed=1");
        for own in ["http://127.0.0.1:8080/#v=1", "http://localhost/", "http://[::1]:80/", "file:///home/me/page.html"]
        {
            assert_eq!(link(own, "https://b.org/", "https://c.org/x"), "https://c.org/x#v=1&seed=1");
            assert_eq!(link(own, "https://b.org/", ""), "https://b.org/#v=1&seed=1");
            assert_eq!(link(own, "nonsense", ""), "");
            let shown = Shown::of(&at(own, "", ""), "v=1&seed=1");
            assert!(shown.modules.is_none() && shown.sentence.starts_with("Only this machine"), "{shown:?}");
        }
    }

    #[test]
    fn a_typed_address_is_taken_without_its_fragment_or_refused_in_a_sentence() {
        assert_eq!(read_address("  https://x.org/lab/#v=1&seed=3 "), Ok("https://x.org/lab/".to_owned()));
        assert_eq!(read_address("http://192.168.0.7:8080/?a"), Ok("http://192.168.0.7:8080/".to_owned()));
        assert_eq!(read_address(" "), Ok(String::new()));
        for text in ["x.org", "ftp://x.org", "https://", "https:///x", "https://x.org/a b", "javascript:alert(1)"] {
            let told = read_address(text).expect_err(text);
            assert!(told.contains("but must begin with https:// or http:// and name a host"), "{told}");
        }
        let told = read_address("http://127.0.0.1:8080/").expect_err("a phone has its own");
        assert!(told.contains("http://127.0.0.1:8080/") && told.contains("phones can open"), "{told}");
        let told = read_address(&format!("https://x.org/{}", "a".repeat(150))).expect_err("too long");
        assert_eq!(told, "The address has 164 characters, but must have at most 150.");
    }

    #[test]
    fn a_long_link_is_to_be_copied() {
        let addresses = at("https://x.org/", "", "");
        let of_length = |length: usize| Shown::of(&addresses, &"a".repeat(length - "https://x.org/#".len()));
        assert!(of_length(LONGEST).modules.is_some());
        let long = of_length(LONGEST + 1);
        assert!(
            long.modules.is_none() && long.link.len() == 301 && long.sentence.contains("301 characters"),
            "{long:?}"
        );
    }

    #[test]
    fn on_paper_a_link_may_be_longer_and_one_that_is_too_long_is_not_printed() {
        let addresses = at("https://x.org/?a#old", "", "");
        let of_length = |length: usize| addresses.on_paper(&"a".repeat(length - "https://x.org/?a#".len()));
        let (link, modules) = of_length(LONGEST_ON_PAPER);
        assert!(link.len() == LONGEST_ON_PAPER && link.starts_with("https://x.org/?a#aaa"), "{link}");
        // 0.3 mm each on 30 mm.
        assert!(modules.is_some_and(|modules| modules.side <= 100 && modules.svg().contains(&modules.path)));
        let (told, modules) = of_length(LONGEST_ON_PAPER + 1);
        assert!(told.contains("601 characters") && modules.is_none(), "{told}");
        let (link, modules) = at("http://localhost:8080/#old", "", "").on_paper("v=1");
        assert!(link == "http://localhost:8080/#v=1" && modules.is_none(), "no phone can open it");
        let (link, modules) = at("http://localhost:8080/", "", "https://x.org/lab/").on_paper("v=1");
        assert!(link == "https://x.org/lab/#v=1" && modules.is_some());
    }

    /// The picture as phones see it: eight pixels a module.
    #[cfg(not(target_arch = "wasm32"))]
    fn seen(modules: &Modules) -> String {
        const SCALE: usize = 8;
        let side = modules.side as usize;
        let mut dark = vec![false; side * side];
        for run in modules.path.split('M').skip(1) {
            let numbers: Vec<usize> =
                run.split([' ', 'h', 'v']).take(3).map(|number| number.parse().expect("a number")).collect();
            let [x, y, length] = numbers[..] else { panic!("{run}") };
            assert!(run.ends_with(&format!("h{length}v1h-{length}z")), "{run}");
            dark[y * side + x..][..length].fill(true);
        }
        let light = |x: usize, y: usize| if dark[y / SCALE * side + x / SCALE] { 0 } else { 255 };
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, light);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "one code is seen");
        grids[0].decode().expect("the code can be read").1
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn another_program_reads_the_link_from_the_code() {
        let addresses = at("https://x.org/lab/", "", "");
        for fragment in [
            "v=1&seed=1".to_owned(),
            "v=1&r=25.5&N=321&K=6&beta=0.8&T=1200&seed=42&t=412&digest=0123456789abcdef&bits=2&scene=faster.3"
                .to_owned(),
            format!("v=1&paint={}", "1:3-7+12/2:40+".repeat(19)),
        ] {
            let shown = Shown::of(&addresses, &fragment);
            assert_eq!(shown.link, format!("https://x.org/lab/#{fragment}"));
            assert_eq!(seen(&shown.modules.expect("a code")), shown.link);
        }
    }
}
