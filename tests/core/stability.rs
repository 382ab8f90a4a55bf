//! Literal numbers for seeds, masks, data and a short run. A change here changes what a given link shows: that is a
//! deliberate act, to be announced in CHANGELOG.md.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use winning_ticket::network::Problem;
use winning_ticket::random::{Purpose, Streams};
use winning_ticket::spec::{Overlap, Spec};
use winning_ticket::training::Trainer;

fn small() -> Spec {
    Spec {
        dimension: 8,
        samples: 20,
        neurons: 2,
        effective_width: 2.0,
        overlap: Overlap::Random,
        seed: 7,
        ..Spec::default()
    }
}

#[test]
fn words_uniforms_normals_and_permutations_stay() {
    let streams = Streams::new(7, 3);
    let mut stream = streams.stream(Purpose::Weight, 1);
    assert_eq!([stream.word(), stream.word()], [17_882_391_187_894_983_070, 17_238_146_627_765_347_052]);
    assert_eq!([stream.uniform(), stream.uniform()], [0.9430425286519771, 0.8500787293834878]);
    assert_eq!(
        [stream.normal(), stream.normal(), stream.normal()],
        [2.333354398004716, 0.7695648352318825, 1.9560156737380292]
    );
    assert_eq!(streams.stream(Purpose::Mask, 0).permutation(10), [0, 4, 5, 9, 2, 1, 6, 8, 3, 7]);
}

#[test]
fn masks_weights_and_data_stay() {
    let problem = Problem::draw(&small());
    assert_eq!((problem.oracle.mask().support(0), problem.oracle.mask().support(1)), (&[1, 4, 5][..], &[3, 6, 7][..]));
    let oracle = [
        0.27924749366346746,
        -0.4549100363539714,
        0.10277007555173312,
        0.3786115781812186,
        0.18206029295147108,
        0.0983449651212448,
    ];
    assert_eq!(problem.oracle.values(), oracle);
    assert_eq!([problem.data.x(0, 0), problem.data.x(19, 1)], [-0.66628309083101, 0.23083535563759625]);
    assert_eq!([problem.data.y(0), problem.data.y(19)], [0.0, 0.12272307901698784]);
}

#[test]
fn a_short_run_stays() {
    let mut trainer = Trainer::new(&small());
    trainer.advance(3);
    assert_eq!(
        trainer.relative_error(),
        [0.49999999999999994, 0.496555329627013, 0.4901046141237806, 0.4811399411421749]
    );
    let weights = [
        0.24877618013195651,
        -0.3600394692246956,
        0.24580597352098296,
        0.5676567848716686,
        0.393417145726213,
        0.12483087696002025,
    ];
    assert_eq!(trainer.weights(), weights);
}
