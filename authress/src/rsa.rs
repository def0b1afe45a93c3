//! The one rule for the sizes of RSA keys, for those that sign and those that verify.

use std::ops::RangeInclusive;

/// The sizes that are taken, in bits of the modulus: 2048 at least (RFC 7518 section 3.3), 8192 at most.
pub(crate) const BITS: RangeInclusive<usize> = 2048..=8192;
