//! The built page in headless Chromium, in Firefox and in WebKit: `cargo xtask test` builds it, brings browsers and
//! drivers, and runs this once an engine. In Chromium all tests run; in the others those that need nothing of its own, at
//! every change a few of them.
//!
//! Each test is a sentence and has a fresh browser for itself. Two run at once, each with a driver and a server of its
//! own: most of the time a test waits for a browser to start, for frames, for a run that plays. After each test the console must be silent, and nothing may have been asked of another origin.
//! Words after `--` select tests by parts of their names.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it serves the page and starts browsers")]

mod accessibility;
mod bits;
mod chromium;
mod circumstances;
mod composing;
mod dragging;
mod driver;
mod embedding;
mod engine;
mod figures;
mod german;
mod hearing;
mod hosting;
mod keyboard;
mod layout;
mod lecture;
mod lighthouse;
mod linking;
mod maps;
mod measuring;
mod numbers;
mod opening;
mod own_data;
mod page;
mod painting;
mod picture;
mod playing;
mod printing;
mod probing;
mod qr_code;
mod quiet;
mod saving;
mod searching;
mod server;
mod telling;
mod tensor_start;
mod terms;
mod theory;
mod touch;
mod user;
mod wandering;
mod wrong_masks;

use std::any::Any;
use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use tokio::runtime::{Builder, Runtime};

use driver::Driver;
use engine::Engine;
use page::Page;
use server::Server;

/// Where a test runs besides Chromium.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Elsewhere {
    /// Nowhere: it needs what only Chromium's own protocol can do.
    Never,
    /// Nowhere, and in Chromium on request and in the long mode only.
    Seldom,
    /// In Firefox, as if `Long`: WebKit shows a focus only in a window that is active, and on its screen here none is.
    Firefox,
    /// In every engine, on request and in the long mode.
    Long,
    /// In every engine, at every change.
    Always,
}

/// A test under its own name.
struct Test {
    name: &'static str,
    run: fn(&Page) -> Result<()>,
    elsewhere: Elsewhere,
    /// Flags of Chromium that it asks for.
    flags: &'static [&'static str],
}

macro_rules! tests {
    ($($elsewhere:ident $module:ident::$name:ident $(with $flag:path)?),* $(,)?) => {
        const TESTS: &[Test] = &[$(Test {
            name: stringify!($name),
            run: $module::$name,
            elsewhere: Elsewhere::$elsewhere,
            flags: &[$($flag)?],
        }),*];
    };
}

// Never elsewhere are those that switch scripts off, read the accessibility tree or the clipboard, print, hide the window,
// use fingers, or emulate phones, pixel ratios, media features; and those that measure.
tests! {
    Never opening::without_a_script_the_page_has_its_words_and_a_still_picture,
    Long opening::without_webassembly_the_page_says_so_and_shows_a_still_picture,
    Never opening::while_the_program_is_loaded_the_page_says_so_and_shows_no_value_of_its_own,
    Long opening::a_page_whose_files_are_gone_asks_to_be_reloaded,
    Never opening::everything_is_found_by_role_and_name,
    Always opening::every_picture_shows_something_and_says_it_in_words_and_numbers,
    Always playing::a_run_plays_pauses_steps_and_ends_near_the_oracle,
    Always playing::the_time_bar_goes_through_a_run_both_ways_with_the_same_bits,
    Always playing::two_runs_go_in_lock_step_and_the_page_says_how_they_differ,
    Always lecture::a_remote_leads_through_a_scene_whose_outcome_waits_for_the_vote,
    Long lecture::a_scene_is_led_with_the_lab_in_view_from_wherever_the_page_stands,
    Long lecture::every_scene_of_the_list_opens_in_the_page_and_can_be_read_without_it,
    Long lecture::the_window_with_the_notes_leads_and_the_hall_shows_the_same_bits,
    Always embedding::a_page_around_the_lab_drives_it_and_is_told_what_it_shows,
    Never embedding::another_origin_drives_where_the_address_names_it_and_is_told_nothing_where_not,
    Never qr_code::a_phone_opens_the_moment_of_the_qr_code_and_computes_the_same_digest,
    Always composing::a_composed_scene_hides_and_enlarges_what_was_chosen_also_in_a_frame,
    Long composing::a_sequence_is_composed_shown_by_page_down_and_opened_again_from_its_file,
    Long composing::every_part_that_a_link_names_is_left_out_and_comes_back,
    Long composing::below_the_longest_words_the_lab_is_still_in_one_screen_of_a_projector,
    Never composing::on_a_phone_what_leads_through_a_sequence_is_in_reach,
    Never composing::whatever_stage_a_link_sets_nothing_scrolls_sideways,
    Long composing::the_three_switches_for_projectors_each_do_what_they_say,
    Long painting::the_mask_is_painted_by_pointer_and_keys_and_a_link_has_it,
    Never painting::on_a_phone_buttons_go_from_weight_to_weight_and_paint,
    Long playing::reset_replays_the_same_numbers,
    Long playing::the_status_line_tells_no_other_moment_than_the_clock,
    Long playing::at_full_speed_a_replay_can_be_seen,
    Never hearing::the_relative_error_is_heard_when_the_reader_asks_for_it,
    Always bits::every_run_of_the_table_gives_its_digests_in_a_worker,
    Long numbers::each_number_is_what_the_core_computes_at_the_same_step,
    Long numbers::the_probes_and_their_radius_are_those_that_the_core_computes,
    Always dragging::dragging_the_effective_width_moves_masks_curve_and_ring_at_once,
    Long dragging::the_status_line_waits_for_the_end_of_a_drag,
    Long dragging::a_run_that_plays_goes_on_playing_when_a_slider_is_dragged,
    Always linking::a_copied_link_restores_the_same_bits,
    Never linking::copy_link_copies_the_present_moment_or_shows_its_address,
    Never linking::other_bits_than_the_link_s_are_told_and_move_nothing,
    Always german::the_language_comes_from_the_link_or_the_browser_and_a_button_changes_it,
    Long german::the_catalogue_has_every_text_of_the_document_and_no_other,
    Long german::no_english_is_left_on_the_german_page,
    Long german::figures_searches_maps_and_scenes_speak_german,
    Never german::the_german_page_fits_narrow_screens,
    Long saving::the_moment_is_saved_in_every_format_with_the_digest_that_is_shown,
    Always own_data::own_data_give_the_digest_of_the_command_line_and_closing_them_brings_the_run_back,
    Long own_data::a_bad_file_gets_a_sentence_and_the_run_stays,
    Always own_data::a_file_that_is_read_is_told_of_and_can_be_cancelled,
    Long linking::hostile_links_are_mended_with_a_sentence_and_the_page_works,
    Firefox keyboard::tab_reaches_everything_in_order_and_shows_where_it_is,
    Long keyboard::the_skip_link_leads_to_the_lab_and_changes_nothing,
    Long keyboard::what_is_being_typed_stays_when_a_forecast_arrives,
    Long keyboard::what_is_typed_quickly_into_one_box_after_the_other_stays,
    Always keyboard::keys_play_step_and_change_every_value,
    Long layout::the_whole_lab_is_in_one_screen_of_a_projector,
    Long layout::long_words_under_the_disc_leave_the_masks_where_they_are,
    Long layout::a_moment_can_be_copied_beside_the_verdict_on_its_digest,
    Long layout::on_a_laptop_the_words_above_the_masks_leave_each_other_room,
    Long layout::on_a_projector_no_text_is_small_and_the_disc_is_large,
    Long layout::on_a_projector_reasons_and_terms_unfold_where_they_can_be_read,
    Never layout::on_small_screens_play_clock_and_sliders_stay_with_a_picture,
    Never layout::on_small_screens_a_scene_keeps_its_buttons_at_hand_and_its_own_picture_first,
    Never layout::nothing_moves_while_a_run_plays,
    Never layout::a_notice_leaves_title_and_layout_alone_on_a_phone,
    Never touch::a_swipe_that_begins_on_a_slider_scrolls_and_changes_nothing,
    Never touch::a_finger_moves_a_slider_sideways_from_where_it_stood,
    Never touch::a_tap_on_a_track_changes_nothing_and_one_on_the_thumb_focuses_it,
    Never touch::a_finger_reads_the_error_chart_and_scrolls_over_it,
    Never printing::a_beat_prints_its_words_its_pictures_and_its_link_on_one_sheet,
    Never printing::each_scene_and_the_guide_for_teachers_print_on_one_sheet,
    Never printing::enlarged_pictures_are_drawn_for_paper_too,
    Never printing::a_sequence_prints_a_page_for_each_of_its_scenes,
    Never printing::the_page_is_drawn_anew_for_paper_and_fits_on_one_sheet,
    Long keyboard::shortcuts_work_from_buttons_and_sliders_and_space_does_one_thing,
    Long keyboard::the_focus_comes_back_and_what_it_left_covers_nothing,
    Long keyboard::the_list_of_keys_opens_and_closes,
    Long telling::a_mended_value_is_announced_and_its_box_is_marked,
    Long telling::sliders_say_in_a_sentence_what_their_marks_mean,
    Long telling::pictures_with_keys_tell_their_values,
    Long telling::how_many_features_neurons_share_stands_in_a_table_also_for_many,
    Long telling::the_summary_says_what_is_here_and_one_voice_what_happens,
    Long telling::the_progress_of_the_probes_is_told_with_the_time_left,
    Long accessibility::axe_finds_nothing_at_start_running_and_finished,
    Never accessibility::axe_finds_nothing_in_the_dark_and_on_narrow_screens,
    Seldom accessibility::axe_finds_nothing_in_any_other_state,
    Never circumstances::a_hidden_page_rests_and_goes_on_when_it_is_shown,
    Long circumstances::where_the_browser_gives_no_frames_the_page_still_tells_the_truth,
    Never circumstances::pictures_follow_the_window_and_the_resolution_of_the_screen,
    Long circumstances::a_sentence_about_a_failure_goes_away,
    Always circumstances::a_training_worker_that_traps_is_replaced_and_the_page_says_so,
    Long probing::a_probe_is_told_of_and_runs_in_the_lab,
    Never picture::the_picture_of_the_readme_shows_the_page,
    Long tensor_start::a_tensor_start_shows_what_it_recovered_and_falls_back_in_words,
    Long wrong_masks::a_wrong_mask_is_shown_told_and_undone,
    Long terms::terms_explain_themselves_on_hover_and_focus,
    Never terms::terms_explain_themselves_by_taps_on_phones,
    Long terms::marks_tell_what_they_mean_and_where_it_comes_from,
    Long terms::the_reached_width_is_shown_and_the_ask_comes_back,
    Always hosting::the_policy_of_the_page_forbids_what_it_does_not_need,
    Never hosting::what_is_kept_for_later_is_asked_for_once_the_program_runs,
    Never hosting::without_a_network_the_page_opens_again_with_the_same_bits,
    Never hosting::a_new_version_is_told_of_and_comes_once_the_reader_wants_it,
    Never hosting::files_of_two_versions_never_meet,
    Long hosting::the_single_file_runs_from_a_disk_and_asks_for_nothing,
    Seldom lighthouse::lighthouse_gives_full_marks_for_accessibility_practices_and_search,
    Always theory::formulas_show_the_numbers_of_the_run_and_follow_its_sliders,
    Long theory::symbols_light_their_sliders_and_curves_and_sliders_light_symbols,
    Long theory::every_symbol_and_term_explains_itself_by_keys,
    Never theory::the_theory_is_accessible_and_fits_narrow_screens,
    Long figures::recorded_figures_are_shown_with_when_and_by_which_version,
    Long figures::each_figure_runs_here_and_says_whether_its_claim_holds,
    Long figures::a_figure_pauses_goes_on_after_a_reload_and_is_cancelled,
    Always figures::a_trial_of_a_figure_opens_in_the_lab_with_the_same_digest,
    Never figures::figures_can_be_used_on_a_phone,
    Long maps::a_map_runs_here_and_a_place_of_it_moves_the_sliders,
    Never maps::a_map_goes_on_after_a_reload_and_is_cancelled,
    Never maps::maps_can_be_used_on_a_phone,
    Always searching::each_round_of_a_search_is_the_one_of_the_command_line,
    Long searching::a_search_waits_between_rounds_and_ends_in_a_lottery,
    Long searching::a_trial_of_figure_7_opens_where_masks_are_sought,
    Never searching::a_search_can_be_used_on_a_phone,
    Never measuring::the_bars_of_the_page_are_measured,
    Never wandering::a_random_user_does_not_bring_it_down with wandering::INTERPRETED,
}

/// So many tests run at once: on two cores, more would only slow each other down.
const LANES: usize = 2;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    match run(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the tests whose names hold one of the words, or all; false if one failed. The last line is that of Rust's own
/// test harness.
fn run(words: &[String]) -> Result<bool> {
    // Pictures of earlier failures would only confuse; mostly there are none.
    let _ = fs::remove_dir_all(pictures());
    let engine = Engine::asked_for()?;
    let long = env::var_os("WINNING_TICKET_LONG").is_some();
    let wanted = |test: &&Test| match test.elsewhere {
        _ if !words.is_empty() && !words.iter().any(|word| test.name.contains(word.as_str())) => false,
        Elsewhere::Seldom => engine == Engine::Chromium && (long || !words.is_empty()),
        _ if engine == Engine::Chromium => true,
        Elsewhere::Never => false,
        Elsewhere::Firefox if engine != Engine::Firefox => false,
        Elsewhere::Firefox | Elsewhere::Long => long || !words.is_empty(),
        Elsewhere::Always => true,
    };
    let tests: Vec<_> = TESTS.iter().filter(wanted).collect();
    let start = Instant::now();
    // One after the other: drivers that looked for a free port at once might find the same.
    let lanes: Vec<Lane> = (0..LANES.min(tests.len())).map(|_| Lane::open(engine)).collect::<Result<_>>()?;
    let (queue, done) = (Mutex::new(tests.into_iter()), Mutex::new(Done::default()));
    thread::scope(|scope| {
        for lane in &lanes {
            scope.spawn(|| lane.work(&queue, &done));
        }
    });
    let Done { passed, crashes, failures } = done.into_inner().expect("no thread panics with it");
    for failure in &failures {
        println!("\n{failure}");
    }
    if crashes > 0 {
        println!("\n{crashes} tests had a second try, after a crash of the browser.");
    }
    let left_out = TESTS.len() - passed - failures.len();
    let (word, failed) = (if failures.is_empty() { "ok" } else { "FAILED" }, failures.len());
    let time = start.elapsed().as_secs_f64();
    println!("\ntest result: {word}. {passed} passed; {failed} failed; {left_out} ignored; finished in {time:.1}s\n");
    Ok(failures.is_empty())
}

/// What came out so far, over all lanes.
#[derive(Default)]
struct Done {
    passed: usize,
    // of a browser, after which a test had a second try
    crashes: usize,
    failures: Vec<String>,
}

/// What the tests of one lane share: nothing of it is another lane's.
struct Lane {
    server: Server,
    runtime: Runtime,
    driver: Driver,
}

impl Lane {
    fn open(engine: Engine) -> Result<Self> {
        Ok(Self {
            server: Server::start(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"))?,
            runtime: Builder::new_current_thread().enable_all().build()?,
            driver: Driver::start(engine)?,
        })
    }

    /// Runs one test after the other, whichever is next when the one before is over.
    fn work<'a>(&self, queue: &Mutex<impl Iterator<Item = &'a Test>>, done: &Mutex<Done>) {
        loop {
            let next = queue.lock().expect("no thread panics with it").next();
            let Some(Test { name, run, flags, .. }) = next else { break };
            let begun = Instant::now();
            let attempt = || {
                Page::new(&self.server, &self.runtime, &self.driver, flags).and_then(|page| try_test(name, *run, page))
            };
            let mut outcome = attempt();
            if outcome.as_ref().is_err_and(|error| has_crashed(self.driver.engine, error)) {
                println!("test {name}: the browser crashed, and the test has a second try");
                done.lock().expect("no thread panics with it").crashes += 1;
                outcome = attempt();
            }
            let word = if outcome.is_ok() { "ok" } else { "FAILED" };
            println!("test {name} ... {word} ({:.1} s)", begun.elapsed().as_secs_f64());
            let mut done = done.lock().expect("no thread panics with it");
            match outcome {
                Ok(()) => done.passed += 1,
                Err(error) => {
                    let told = format!("{error:#}");
                    // The driver tells its own addresses too.
                    let told = told.split("Stacktrace:").next().unwrap_or_default().trim_end();
                    done.failures.push(format!("---- {name} ----\n{told}\n"));
                }
            }
        }
    }
}

/// Whether the browser itself ended: WebKitGTK's small browser crashed in two of the 19 tests of one run on a busy machine, and in
/// none of 143 after it. What makes it crash each time fails at the second try, too; each is told of.
fn has_crashed(engine: Engine, error: &anyhow::Error) -> bool {
    engine == Engine::WebKit && format!("{error:#}").contains("page crash or hang")
}

/// Runs one test and ends its browser; a failure comes with a picture of it.
fn try_test(name: &str, test: fn(&Page) -> Result<()>, page: Page) -> Result<()> {
    page.server.take_answered();
    page.run_early("");
    let outcome = catch_unwind(AssertUnwindSafe(|| test(&page)))
        .unwrap_or_else(|panic| Err(anyhow!("it panicked: {}", message(&*panic))))
        .and_then(|()| page.assert_quiet())
        .or_else(|error| {
            let file = pictures().join(format!("{name}.png"));
            let told = match page.save_screenshot(&file) {
                Ok(()) => format!("a screenshot lies in {}", file.display()),
                Err(error) => format!("there is no screenshot: {error:#}"),
            };
            Err(error).context(told)
        });
    let quit = page.quit();
    outcome.and(quit)
}

/// Where pictures of failures are kept: target/browser.
fn pictures() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("browser")
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word")
}
