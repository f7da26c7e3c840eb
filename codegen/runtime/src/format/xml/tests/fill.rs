//! What becomes of structures that are filled from XML.

use std::collections::HashMap;

use super::write::{Zone, written};
use crate::format::xml::XML;
use crate::format::{DecodeError, Format};
use crate::shape::{Member, Shape};
use crate::slot::Slot;

fn filled<T: Shape>(mut shape: T, xml: &str) -> Result<T, DecodeError> {
    XML.decode(xml.as_bytes(), Slot::Structure(&mut shape), &Member::NONE)?;
    Ok(shape)
}

fn zone(content: &str) -> Result<Zone, String> {
    let xml = format!("<ZoneRequest>{content}</ZoneRequest>");
    filled(Zone::default(), &xml).map_err(|error| error.to_string())
}

/// A zone as it was read, written again.
fn read(content: &str) -> String {
    written(&zone(content).expect("it is a zone"))
}

#[test]
fn what_is_written_is_read() {
    let content = "<size>-3</size><open>true</open><share>NaN</share><when>2014-04-29T18:30:38Z</when><data>dmFsdWU=</data>\
        <plain><member>a</member><member></member></plain><Flat>b</Flat><Flat>c</Flat>\
        <rows><Row xmlns=\"https://row\"><Cell>1</Cell></Row><Row xmlns=\"https://row\"></Row></rows>\
        <tags><entry><key>k</key><value>v</value></entry></tags><Tag><K>k</K><V>7</V></Tag>\
        <inner xmlns:xsi=\"https://kind\" xsi:kind=\"x\"><size>1</size></inner>";
    assert_eq!(read(content), content);
}

#[test]
fn members_come_in_any_order_with_any_space_and_prefix() {
    assert_eq!(
        read("\n <n:open >\n true </n:open>\n<other><size>2</size></other><size> 1\n</size>text"),
        read("<size>1</size><open>true</open>")
    );
    assert_eq!(read("<size>1</size><size>2</size>"), "<size>2</size>");
    assert_eq!(
        read("<plain><member>a</member></plain><plain><member>b</member></plain>"),
        "<plain><member>b</member></plain>"
    );
    assert_eq!(read("<x-bound>no</x-bound>"), "");
}

#[test]
fn an_empty_element_is_an_empty_text_list_or_map_and_no_number() {
    let zone = zone("<Name/><size/><open> </open><when></when><data/><plain/><rows><Row/></rows><tags/><inner/>")
        .expect("a zone");
    assert_eq!((zone.name.as_deref(), zone.size, zone.open, zone.when), (Some(""), None, None, None));
    assert_eq!(zone.data.map(|data| data.into_inner()), Some(Vec::new()));
    assert_eq!((zone.plain, zone.rows), (Some(Vec::new()), Some(vec![Vec::new()])));
    assert_eq!((zone.tags, zone.inner.is_some(), zone.flat), (Some(HashMap::new()), true, None));
}

#[test]
fn flattened_elements_are_gathered_from_all_of_the_structure() {
    let both = "<size>1</size><Flat>a</Flat><Flat>b</Flat><Flat>c</Flat><Tag><K>k</K><V>1</V></Tag>";
    let apart = "<Flat>a</Flat><Tag><K>k</K><V>1</V></Tag><Flat>b</Flat><size>1</size><other/><Flat>c</Flat>";
    assert_eq!(read(apart), read(both));
    assert_eq!(read("<Flat/>"), "<Flat></Flat>");
}

#[test]
fn entries_have_a_key_and_a_value_in_any_order() {
    assert_eq!(read("<Tag><V>1</V><K>a</K></Tag>"), "<Tag><K>a</K><V>1</V></Tag>");
    assert_eq!(read("<tags><entry><key>a</key><x/></entry><other/></tags>"), "<tags></tags>");
    assert_eq!(read("<Tag><K>a</K><V>1</V></Tag><Tag><K>a</K><V>2</V></Tag>"), "<Tag><K>a</K><V>2</V></Tag>");
    assert_eq!(
        zone("<tags><entry><value>1</value></entry></tags>").err().as_deref(),
        Some("expected the key of an entry at byte 26")
    );
}

#[test]
fn what_is_of_another_type_is_refused_where_it_stands() {
    for (content, problem) in [
        ("<size>3000000000</size>", "expected an integer in the range of i32 at byte 13"),
        ("<size>1.5</size>", "expected an integer in the range of i32 at byte 13"),
        ("<open>yes</open>", "expected `true` or `false` at byte 13"),
        ("<when>now</when>", "expected a timestamp at byte 13"),
        ("<data>*</data>", "expected base64 text at byte 13"),
        ("<Name><b/></Name>", "expected text without an element in it at byte 19"),
    ] {
        assert_eq!(zone(content).err().as_deref(), Some(problem), "{content}");
    }
}

#[test]
fn a_root_with_another_name_is_taken_if_its_members_are_known() {
    assert!(filled(Zone::default(), "<Other><size>1</size></Other>").is_ok_and(|zone| zone.size == Some(1)));
    assert!(filled(Zone::default(), "<Other/>").is_ok());
    let page = filled(Zone::default(), "<html><body><p>Sorry</p></body></html>")
        .map(|_| ())
        .map_err(|error| error.to_string());
    assert_eq!(page, Err("expected an element of the service at byte 0".to_owned()));
}

#[test]
fn structures_stand_inside_each_other_up_to_a_depth() {
    let nested = |depth: usize| format!("{}{}", "<inner>".repeat(depth), "</inner>".repeat(depth));
    assert!(zone(&nested(128)).is_ok());
    let refused = zone(&nested(129)).err();
    assert_eq!(refused.as_deref(), Some("more than 128 lists, maps and structures inside each other"));
}

/// An interleaved document of nested lists is read in a time that grows with its length, not with more.
#[test]
fn flattened_members_that_stand_apart_are_read_once_each() {
    fn nested(depth: usize) -> String {
        match depth {
            0 => String::new(),
            _ => {
                format!("<Flat>a</Flat><size>1</size><Flat>b</Flat><inner>{}</inner><Flat>c</Flat>", nested(depth - 1))
            }
        }
    }
    let zone = zone(&nested(100)).expect("a zone");
    assert_eq!(zone.flat.map(|flat| flat.len()), Some(3));
}
