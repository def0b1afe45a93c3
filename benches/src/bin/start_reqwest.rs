//! The same request by `reqwest` as it comes, without a token of its own: see `all/start.rs`.

use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("URL")?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let path = "/v1/users/user-1/resources/documents%2F42/permissions/read";
    let answer = client.get(format!("{url}{path}")).send().await?;
    println!("{}", answer.status().is_success());
    Ok(())
}
