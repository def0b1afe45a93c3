//! The smallest program that asks: started for each measurement of `all/start.rs`.

use std::error::Error;

use authress::AuthressClient;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (url, key) = arguments.next().zip(arguments.next()).ok_or("URL KEY")?;
    let client = AuthressClient::builder(url).access_key(key).build()?;
    println!("{}", client.is_authorized("user-1", "documents/42", "read").await?);
    Ok(())
}
