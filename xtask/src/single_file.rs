//! The built page as one HTML file that runs from a disk: what the page would ask its host for lies in the file itself,
//! packed, and its policy lets it ask for nothing.

use std::io::Write as _;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::built::{Files, PAGE};
use crate::offline::integrity;

/// Starts the page from its host, and its workers; www/single-file.js does both here.
const STARTERS: [&str; 2] = ["start.js", "worker.js"];

/// What stands in an attribute or in a style as its own address.
const EMBEDDED: [(&str, &str); 3] = [(".svg", "image/svg+xml"), (".png", "image/png"), (".woff2", "font/woff2")];

/// The one file; `script` is the source of www/single-file.js.
///
/// # Errors
/// If the page is not put together as index.html and Trunk.toml have it.
pub fn make(mut files: Files, script: &str) -> Result<String> {
    let mut page = String::from_utf8(files.take(PAGE)?)?;
    let glue = String::from_utf8(files.take(&cut(&mut page, "id=\"glue\"")?)?)?;
    let program = files.take(&cut(&mut page, "id=\"wasm\"")?)?;
    for name in STARTERS {
        files.take(name)?;
    }
    let mut styles = Vec::new();
    while page.contains("rel=\"stylesheet\"") {
        let style = String::from_utf8(files.take(&cut(&mut page, "rel=\"stylesheet\"")?)?)?;
        ensure!(!style.contains("</"), "a style holds the end of an element.");
        styles.push(style);
    }
    embed(&mut files, &mut page, &mut styles)?;
    for (name, _) in files.iter() {
        // A scene's own page is a file beside; in this one it opens in the lab.
        if let Some(key) = name.strip_prefix("scenes/").and_then(|name| name.strip_suffix(".html")) {
            page = page.replace(&format!("href=\"{name}\""), &format!("href=\"#scene={key}\""));
        }
    }
    files.retain(|name| !is_of_a_scene_s_own_page(name));
    replace(&mut page, "<p id=\"single-file\" hidden>", "<p id=\"single-file\">")?;

    // Here it still has no foreign text in it.
    let start = "<script type=\"module\" src=\"./start.js\"></script>";
    ensure!(page.contains(start), "the page has no {start}.");
    if let Some(address) = local_address(&page.replace(start, "")) {
        bail!("the page asks its host for {address}, which has no place in a single file.");
    }
    // A function, so that both may wait, and that the glue's names are nobody else's.
    let script = format!("(async () => {{\n\"use strict\";\n{}\n{script}}})();\n", plain(&glue)?);
    for end in ["</script", "<!--"] {
        ensure!(!script.contains(end), "the script holds {end}, which would end it.");
    }
    let hashes: Vec<String> = styles.iter().map(|style| format!("'{}'", integrity(style.as_bytes()))).collect();
    let policy = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
        .context("the page has no policy.")?;
    let own = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src {}; worker-src blob:; connect-src 'none'; \
         img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'",
        integrity(script.as_bytes()),
        hashes.join(" ")
    );
    replace(&mut page, &policy, &own)?;
    let styles: String = styles.iter().map(|style| format!("<style>{style}</style>\n")).collect();
    let mut blocks = block("program", &program)?;
    for (name, content) in files.iter() {
        blocks.push_str(&block(name, content)?);
    }
    // Last of all the script, which finds everything before it.
    replace(&mut page, "</body>", &format!("{blocks}<script>{script}</script>\n</body>"))?;
    replace(&mut page, start, &styles)?;
    Ok(page)
}

/// Whether a file serves only what the single file has not: the scenes' own pages, and the guide for teachers.
fn is_of_a_scene_s_own_page(name: &str) -> bool {
    let of_scenes = name.starts_with("scenes/");
    of_scenes && [".svg", ".css", ".js", "/teachers.html"].iter().any(|end| name.ends_with(end))
}

/// The glue as a plain script: of files on a disk browsers start no workers that are modules.
fn plain(glue: &str) -> Result<String> {
    const EXPORT: &str = "export { initSync, __wbg_init as default };";
    ensure!(glue.matches(EXPORT).count() == 1, "the glue has not one line `{EXPORT}`.");
    let plain = glue.replace(EXPORT, "").replace("import.meta.url", "location.href");
    let of_modules = |line: &&str| ["export", "import"].iter().any(|word| line.starts_with(word));
    if let Some(line) = plain.lines().find(of_modules) {
        bail!("the glue has a line of modules alone: {line}");
    }
    Ok(plain)
}

/// Puts images and fonts where their addresses stand; those that stand nowhere stay among the files.
fn embed(files: &mut Files, page: &mut String, styles: &mut [String]) -> Result<()> {
    let names: Vec<String> = files.iter().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let Some((_, kind)) = EMBEDDED.into_iter().find(|(end, _)| name.ends_with(end)) else { continue };
        let address = format!("data:{kind};base64,{}", BASE64_STANDARD.encode(files.get(&name)?));
        let mut found = false;
        for text in std::iter::once(&mut *page).chain(styles.iter_mut()) {
            for quoted in [format!("\"{name}\""), format!("\"./{name}\"")] {
                found |= text.contains(&quoted);
                *text = text.replace(&quoted, &format!("\"{address}\""));
            }
        }
        if found {
            files.take(&name)?;
        }
    }
    Ok(())
}

/// Takes the element with this attribute out of the page; gives the name of the file that it asks for.
fn cut(page: &mut String, attribute: &str) -> Result<String> {
    let told = || format!("the page has no element with {attribute} that asks for a file.");
    let at = page.find(attribute).with_context(told)?;
    let begin = page[..at].rfind('<').with_context(told)?;
    let end = at + page[at..].find('>').with_context(told)? + 1;
    let element: String = page.drain(begin..end).collect();
    let address = element.split_once("href=\"./").and_then(|(_, rest)| rest.split_once('"'));
    Ok(address.with_context(told)?.0.to_owned())
}

/// Replaces what has to stand in the page exactly once.
fn replace(page: &mut String, from: &str, to: &str) -> Result<()> {
    ensure!(page.matches(from).count() == 1, "the page has {from} {} times.", page.matches(from).count());
    *page = page.replace(from, to);
    Ok(())
}

/// The first address of an attribute that a browser would ask the page's host for.
fn local_address(page: &str) -> Option<&str> {
    let addresses = [" src=\"", " href=\""].into_iter().flat_map(|attribute| page.split(attribute).skip(1));
    let mut addresses = addresses.filter_map(|rest| Some(rest.split_once('"')?.0));
    addresses.find(|address| !["#", "https:", "data:"].iter().any(|begin| address.starts_with(begin)))
}

/// A file as a block of text, which www/single-file.js unpacks.
fn block(name: &str, content: &[u8]) -> Result<String> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content)?;
    let text = BASE64_STANDARD.encode(packed.finish()?);
    Ok(format!("<script type=\"application/octet-stream\" data-name=\"{name}\">{text}</script>\n"))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    const HEAD: &str = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\
        <link rel=\"icon\" href=\"icon.svg\"><link rel=\"stylesheet\" href=\"./style-1.css\"/>\
        <script type=\"module\" src=\"./start.js\"></script>\
        <link rel=\"modulepreload\" href=\"./glue-1.js\" id=\"glue\"><link href=\"./p-1.wasm\" id=\"wasm\"></head>";
    const BODY: &str = "<body><a href=\"#lab\">lab</a><a href=\"scenes/noise.html\">noise</a><p id=\"single-file\" hidden>one file</p></body>";

    fn built(body: &str) -> Files {
        let page = format!("{HEAD}{body}");
        let mut files = Files::default();
        for (name, content) in [
            (PAGE, page.as_str()),
            ("icon.svg", "<svg/>"),
            ("style-1.css", "p { margin: 0 }"),
            ("start.js", "start"),
            ("worker.js", "worker"),
            ("glue-1.js", "// import.meta.url\nexport { initSync, __wbg_init as default };"),
            ("p-1.wasm", "\0asm"),
            ("recorded/fig02.postcard", "trials"),
            ("scenes/noise.html", "scene"),
            ("scenes/noise.svg", "its picture on a page of its own"),
            ("scenes/teachers.html", "the guide"),
        ] {
            files.insert(name.to_owned(), content.into());
        }
        files
    }

    #[test]
    fn nothing_is_asked_of_a_host_and_the_policy_names_what_is_in_the_file() {
        let page = make(built(BODY), "run()").expect("a page as Trunk makes it");
        assert_eq!(local_address(&page), None, "{page}");
        let script = "(async () => {\n\"use strict\";\n// location.href\n\nrun()})();\n";
        for part in [
            &format!(
                "script-src '{}' 'wasm-unsafe-eval'; style-src '{}';",
                integrity(script.as_bytes()),
                integrity(b"p { margin: 0 }")
            ),
            "connect-src 'none'",
            "<style>p { margin: 0 }</style>",
            &format!("<script>{script}</script>\n</body>"),
            "href=\"data:image/svg+xml;base64,PHN2Zy8+\"",
            "<p id=\"single-file\">one file</p>",
            "<a href=\"#scene=noise\">",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("'self'"), "{page}");
    }

    #[test]
    fn a_block_unpacks_to_the_file() {
        let page = make(built(BODY), "run()").expect("a page as Trunk makes it");
        for (name, content) in
            [("program", "\0asm"), ("recorded/fig02.postcard", "trials"), ("scenes/noise.html", "scene")]
        {
            let (_, rest) = page.split_once(&format!("data-name=\"{name}\">")).expect("its block");
            let packed = BASE64_STANDARD.decode(rest.split_once('<').expect("its end").0).expect("base64");
            let mut text = String::new();
            GzDecoder::new(&packed[..]).read_to_string(&mut text).expect("gzip");
            assert_eq!(text, content);
        }
        assert_eq!(page.matches("data-name").count(), 3, "{page}");
    }

    #[test]
    fn what_has_no_place_in_the_file_is_refused() {
        let asks = BODY.replace("<a", "<img src=\"other.webp\"><a");
        let error = make(built(&asks), "run()").expect_err("an image of a kind that is not known");
        assert!(error.to_string().contains("other.webp"), "{error}");
        assert!(make(built(BODY), "'</script>'").is_err(), "the end of the script");
        assert!(make(built("<body></body>"), "run()").is_err(), "no words about the file");
        let mut split = built(BODY);
        split.insert(
            "glue-1.js".to_owned(),
            b"import x from './x.js';\nexport { initSync, __wbg_init as default };".to_vec(),
        );
        assert!(make(split, "run()").is_err(), "a script of the script");
    }
}
