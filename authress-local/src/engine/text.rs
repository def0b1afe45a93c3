//! Texts that mostly are short, kept where what belongs to them is kept: a check reads one place in memory less.

/// A text; up to `INLINE` bytes need no place of their own.
#[derive(Debug, Clone)]
pub(super) enum Text<const INLINE: usize> {
    Inline(u8, [u8; INLINE]),
    Own(Box<str>),
}

impl<const INLINE: usize> Default for Text<INLINE> {
    fn default() -> Self {
        Self::Inline(0, [0; INLINE])
    }
}

impl<const INLINE: usize> Text<INLINE> {
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
        const INLINE: usize = 22;
        for text in [
            "",
            "a",
            "ü",
            &"x".repeat(INLINE),
            &"x".repeat(INLINE + 1),
            &"é".repeat(INLINE),
        ] {
            assert_eq!(Text::<INLINE>::new(text).as_str(), text);
            assert_eq!(Text::<INLINE>::new(text).as_bytes(), text.as_bytes());
        }
        assert_eq!(size_of::<Text<INLINE>>(), INLINE + 2);
    }
}
