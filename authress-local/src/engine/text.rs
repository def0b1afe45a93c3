//! Texts that mostly are short, kept where what belongs to them is kept: a check reads one place in memory less.

/// Longest text that needs no place of its own.
const INLINE: usize = 46;

#[derive(Debug, Clone)]
pub(super) enum Text {
    Inline(u8, [u8; INLINE]),
    Own(Box<str>),
}

impl Default for Text {
    fn default() -> Self {
        Self::Inline(0, [0; INLINE])
    }
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let mut bytes = [0; INLINE];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Inline(len, bytes)
            }
            _ => Self::Own(text.into()),
        }
    }

    #[inline]
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Inline(len, bytes) => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Self::Own(text) => text.as_bytes(),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        match self {
            // It was text when it was put in.
            Self::Inline(..) => std::str::from_utf8(self.as_bytes()).unwrap_or_default(),
            Self::Own(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_length_is_kept() {
        for text in [
            "",
            "a",
            "ü",
            &"x".repeat(INLINE),
            &"x".repeat(INLINE + 1),
            &"é".repeat(INLINE),
        ] {
            assert_eq!(Text::new(text).as_str(), text);
            assert_eq!(Text::new(text).as_bytes(), text.as_bytes());
        }
        assert_eq!(size_of::<Text>(), INLINE + 2);
    }
}
