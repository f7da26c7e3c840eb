//! Values that are text on the wire: moments and enums.

use std::fmt;
use std::marker::PhantomData;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde::de::Visitor;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value made from text, without a copy of it in between.
pub(super) trait FromText: Sized {
    /// The value, or why the text is none.
    fn from_text(text: &str) -> Result<Self, String>;
}

/// Reads a [`FromText`].
pub(super) struct Text<T>(PhantomData<T>);

impl<T: FromText> Text<T> {
    /// Reads one from `deserializer`.
    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(Self(PhantomData))
    }
}

impl<T: FromText> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(E::custom)
    }
}

/// A moment in time, as the clients have it.
pub(super) struct Moment(DateTime);

impl FromText for Moment {
    fn from_text(text: &str) -> Result<Self, String> {
        DateTime::from_str(text, Format::DateTimeWithOffset).map(Self).map_err(|error| error.to_string())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::read(deserializer)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.fmt(Format::DateTime).map_err(S::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

/// Enums with a place for text that is no known variant.
macro_rules! open_enums {
    ($($name:ident { $($variant:ident = $text:literal),+ $(,)? })+) => {$(
        #[doc = concat!("`", stringify!($name), "`.")]
        #[derive(Serialize)]
        pub(super) enum $name {
            $(
                #[doc = concat!("`", $text, "`.")]
                #[serde(rename = $text)]
                $variant,
            )+
            /// Any other text.
            #[serde(untagged)]
            Unknown(String),
        }

        impl FromText for $name {
            fn from_text(text: &str) -> Result<Self, String> {
                Ok(match text {
                    $($text => Self::$variant,)+
                    other => Self::Unknown(other.to_owned()),
                })
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Text::read(deserializer)
            }
        }
    )+};
}

open_enums! {
    State {
        Starting = "STARTING",
        Active = "ACTIVE",
        Stopping = "STOPPING",
        Reconnecting = "RECONNECTING",
        Failed = "FAILED",
        Stopped = "STOPPED",
    }
    Capability { Publish = "PUBLISH", Subscribe = "SUBSCRIBE" }
    MediaType { AudioVideo = "AUDIO_VIDEO", AudioOnly = "AUDIO_ONLY", None = "NONE" }
    AspectRatio { Auto = "AUTO", Video = "VIDEO", Square = "SQUARE", Portrait = "PORTRAIT" }
    FillMode { Fill = "FILL", Cover = "COVER", Contain = "CONTAIN" }
    PipBehavior { Static = "STATIC", Dynamic = "DYNAMIC" }
    PipPosition {
        TopLeft = "TOP_LEFT",
        TopRight = "TOP_RIGHT",
        BottomLeft = "BOTTOM_LEFT",
        BottomRight = "BOTTOM_RIGHT",
    }
    StorageType { Sequential = "SEQUENTIAL", Latest = "LATEST" }
    RecordingFormat { Hls = "HLS" }
}
