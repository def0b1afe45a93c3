//! Keys and tokens: of the account, for users, and of service clients.

mod pair;
pub(crate) mod token;

pub(crate) use self::pair::{KeyPair, PublicKey};

use crate::Error;

/// Text of `bytes` random bytes, in lower-case hexadecimal: for ids that nobody guesses or meets twice.
pub(crate) fn random_id(bytes: usize) -> Result<String, Error> {
    let mut random = vec![0; bytes];
    aws_lc_rs::rand::fill(&mut random).map_err(|_| Error::new("the system gives no random numbers"))?;
    Ok(random
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}
