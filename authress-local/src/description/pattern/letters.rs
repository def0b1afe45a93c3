//! Sets of ASCII characters that are asked without a search.

/// Letters, digits and a few others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters(u128);

impl Letters {
    /// All letters, all digits, and `others`, which are ASCII.
    pub(super) const fn and(others: &str) -> Self {
        let mut set = 0;
        let mut code = 0;
        while code < 128_u8 {
            if code.is_ascii_alphanumeric() {
                set |= 1 << code;
            }
            code += 1;
        }
        let mut others = others.as_bytes();
        while let [first, rest @ ..] = others {
            set |= 1 << *first;
            others = rest;
        }
        Self(set)
    }

    pub(super) const fn has(self, byte: u8) -> bool {
        byte < 128 && self.0 >> byte & 1 == 1
    }

    /// Whether `text` is made of them, if of anything.
    pub(super) fn make(self, text: &str) -> bool {
        text.bytes().all(|byte| self.has(byte))
    }

    /// Whether `text` is made of one or more of them.
    pub(super) fn make_some(self, text: &str) -> bool {
        !text.is_empty() && self.make(text)
    }
}
