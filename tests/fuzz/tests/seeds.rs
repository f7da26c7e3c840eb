//! Every target with its seeds, and with bytes of them changed at random: what can be tried without a fuzzer.

use std::fs;
use std::path::Path;

/// What a target does with bytes.
type Check = fn(&[u8]);

/// Targets, and how many changed seeds each is given here.
const TARGETS: [(&str, Check, usize); 13] = [
    ("cbor", fuzz::cbor::check, 5_000),
    ("json", fuzz::json::check, 5_000),
    ("xml", fuzz::xml::check, 5_000),
    ("eventstream", fuzz::eventstream::check, 5_000),
    ("answers", fuzz::answers::check, 500),
    ("inputs", fuzz::inputs::check, 500),
    ("timestamps", fuzz::timestamps::check, 5_000),
    ("encoding", fuzz::encoding::check, 500),
    ("endpoints", fuzz::endpoints::check, 5_000),
    ("model", fuzz::model::check, 50),
    ("edits", fuzz::edits::check, 50),
    ("rules", fuzz::rules::check, 50),
    ("botocore", fuzz::botocore::check, 50),
];

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("it can be read")).collect()
}

/// Numbers that look random and are the same every time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("48 bits") % limit.max(1)
    }
}

/// Some bytes replaced, inserted, removed or repeated.
fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const ODD: &[u8] = b"\"\\{}[]:,.-+eE019 \n\0\xff%/#?@tn<>&;!='";
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(6) {
        let place = numbers.below(bytes.len() + 1);
        let byte = if numbers.below(2) == 0 { ODD[numbers.below(ODD.len())] } else { numbers.below(256) as u8 };
        match numbers.below(4) {
            0 if place < bytes.len() => bytes[place] = byte,
            1 if place < bytes.len() => _ = bytes.remove(place),
            2 => {
                let end = place + numbers.below(9).min(bytes.len() - place);
                let copy = bytes[place..end].to_vec();
                bytes.splice(place..place, copy);
            }
            _ => bytes.insert(place, byte),
        }
    }
    bytes
}

#[test]
fn seeds_pass() {
    for (name, check, _) in TARGETS {
        seeds(name).iter().for_each(|seed| check(seed));
    }
}

#[test]
fn changed_seeds_pass() {
    for (name, check, count) in TARGETS {
        let seeds = seeds(name);
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for index in 0..count {
            check(&changed(&seeds[index % seeds.len()], &mut numbers));
        }
    }
}
