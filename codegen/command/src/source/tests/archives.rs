//! Archives are not to be trusted.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::files::Limits;
use crate::source::archive::{plain, unpacked};
use crate::source::container::Container;
use crate::source::zip::Zip;

fn zipped(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("memory is writable");
        archive.write_all(bytes).expect("memory is writable");
    }
    archive.finish().expect("memory is writable").into_inner()
}

#[test]
fn stored_and_deflated_files_are_read() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let zip = Zip::open(zipped(method, &[("a/b.json", b"{}"), ("c", &[7; 5000])])).expect("it is a zip");
        assert_eq!(zip.names(), ["a/b.json", "c"]);
        assert_eq!(zip.read("a/b.json", Limits::default()).as_deref(), Ok(b"{}".as_slice()));
        assert_eq!(zip.read("c", Limits::default()).as_deref(), Ok([7; 5000].as_slice()));
    }
}

#[test]
fn a_file_that_was_altered_is_noticed() {
    let mut bytes = zipped(CompressionMethod::Stored, &[("a.json", b"{\"one\": 1}")]);
    let place = bytes.windows(3).position(|window| window == b"one").expect("it is stored");
    bytes[place] = b'O';
    let refusal = Zip::open(bytes).expect("its directory is whole").read("a.json", Limits::default());
    assert_eq!(refusal, Err("it is damaged: Invalid checksum".to_owned()));
}

#[test]
fn a_small_file_that_unpacks_to_a_huge_one_is_refused() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 4 << 20]).expect("memory is writable");
    let bomb = encoder.finish().expect("memory is writable");
    assert!(bomb.len() < 5000);
    let limits = Limits { model: 1 << 20 };
    let expected = "it has more than 1 MiB, the most that a model may have; raise that with --max-model-size";
    assert_eq!(plain(bomb.clone(), limits), Err(expected.to_owned()));
    assert_eq!(unpacked(bomb, limits), Err(expected.to_owned()));
    let zip = Zip::open(zipped(CompressionMethod::Deflated, &[("a.json", &[0; 2 << 20])])).expect("it is a zip");
    assert_eq!(zip.read("a.json", limits), Err(expected.to_owned()));
}

#[test]
fn an_archive_of_more_files_than_any_release_has_is_refused_before_its_directory_is_read() {
    let entries: Vec<u8> = b"PK\x01\x02".repeat(65_001);
    let refusal = Zip::open([b"PK\x05\x06".as_slice(), &entries].concat()).map(|_| ());
    assert_eq!(refusal, Err("the zip archive has more than 65000 files".to_owned()));
}

#[test]
fn a_file_that_is_packed_in_another_way_is_refused() {
    let mut bytes = zipped(CompressionMethod::Stored, &[("a.json", b"{}")]);
    let entry = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("there is a directory");
    // Bzip2, in the header of the file and in the directory.
    bytes[8] = 12;
    bytes[entry + 10] = 12;
    let expected = "it is neither stored nor deflated, and nothing else is read; unpack the archive first";
    let refusal = Zip::open(bytes).expect("its directory is whole").read("a.json", Limits::default());
    assert_eq!(refusal, Err(expected.to_owned()));
}

proptest! {
    #[test]
    fn bytes_of_any_kind_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0..4_usize) {
        let beginning: [&[u8]; 4] = [b"PK\x03\x04", b"\x1f\x8b\x08\0", b"PK\x05\x06", b""];
        let bytes = [beginning[kind], &bytes].concat();
        let _ = (plain(bytes.clone(), Limits::default()), unpacked(bytes.clone(), Limits::default()));
        if let Ok(container) = Container::of_bytes("it", "it", bytes, Limits::default()) {
            for name in container.names.clone() {
                let _ = container.read(&name);
            }
        }
    }

    #[test]
    fn a_zip_with_a_changed_byte_is_read_or_refused(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = zipped(CompressionMethod::Deflated, &[("a.json", b"{}"), ("b.json", &[b' '; 400])]);
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(zip) = Zip::open(bytes) {
            for name in zip.names() {
                let _ = zip.read(&name, Limits::default());
            }
        }
    }
}
