//! Encoder and storage configurations, and public keys.

use aws_sdk_ivsrealtime::types::{S3StorageConfiguration, Video};
use aws_sdk_ivsrealtime::{Client, Error};

use crate::ARN;

pub(crate) async fn call(client: &Client, operation: &str) -> Result<(), Error> {
    match operation {
        "create_encoder_configuration" => create_encoder(client).await,
        "get_encoder_configuration" => get_encoder(client).await,
        "delete_encoder_configuration" => delete_encoder(client).await,
        "list_encoder_configurations" => list_encoders(client).await,
        "create_storage_configuration" => create_storage(client).await,
        "get_storage_configuration" => get_storage(client).await,
        "delete_storage_configuration" => delete_storage(client).await,
        "list_storage_configurations" => list_storages(client).await,
        "import_public_key" => import_key(client).await,
        "get_public_key" => get_key(client).await,
        "delete_public_key" => delete_key(client).await,
        "list_public_keys" => list_keys(client).await,
        other => {
            println!("no operation is called {other}");
            Ok(())
        }
    }
}

async fn create_encoder(client: &Client) -> Result<(), Error> {
    let video = Video::builder().width(1280).height(720).framerate(30.0).bitrate(2_500_000).build();
    let call = client.create_encoder_configuration().name("hd").video(video).tags("team", "live");
    println!("{:?}", call.send().await?.encoder_configuration().map(|encoder| encoder.arn()));
    Ok(())
}

async fn get_encoder(client: &Client) -> Result<(), Error> {
    let found = client.get_encoder_configuration().arn(ARN).send().await?;
    println!("{:?}", found.encoder_configuration().and_then(|encoder| encoder.video()));
    Ok(())
}

async fn delete_encoder(client: &Client) -> Result<(), Error> {
    client.delete_encoder_configuration().arn(ARN).send().await?;
    Ok(())
}

async fn list_encoders(client: &Client) -> Result<(), Error> {
    for encoder in client.list_encoder_configurations().max_results(10).send().await?.encoder_configurations() {
        println!("{} {:?}", encoder.arn(), encoder.name());
    }
    Ok(())
}

async fn create_storage(client: &Client) -> Result<(), Error> {
    let bucket = S3StorageConfiguration::builder().bucket_name("recordings").build()?;
    let created = client.create_storage_configuration().name("archive").s3(bucket).tags("team", "live").send().await?;
    println!("{:?}", created.storage_configuration().map(|storage| storage.arn()));
    Ok(())
}

async fn get_storage(client: &Client) -> Result<(), Error> {
    let found = client.get_storage_configuration().arn(ARN).send().await?;
    println!("{:?}", found.storage_configuration().and_then(|storage| storage.s3()));
    Ok(())
}

async fn delete_storage(client: &Client) -> Result<(), Error> {
    client.delete_storage_configuration().arn(ARN).send().await?;
    Ok(())
}

async fn list_storages(client: &Client) -> Result<(), Error> {
    for storage in client.list_storage_configurations().max_results(10).send().await?.storage_configurations() {
        println!("{} {:?}", storage.arn(), storage.name());
    }
    Ok(())
}

async fn import_key(client: &Client) -> Result<(), Error> {
    let imported = client.import_public_key().public_key_material("PEM").name("signer").send().await?;
    println!("{:?}", imported.public_key().and_then(|key| key.fingerprint()));
    Ok(())
}

async fn get_key(client: &Client) -> Result<(), Error> {
    let found = client.get_public_key().arn(ARN).send().await?;
    println!("{:?}", found.public_key().and_then(|key| key.name()));
    Ok(())
}

async fn delete_key(client: &Client) -> Result<(), Error> {
    client.delete_public_key().arn(ARN).send().await?;
    Ok(())
}

async fn list_keys(client: &Client) -> Result<(), Error> {
    for key in client.list_public_keys().max_results(10).send().await?.public_keys() {
        println!("{:?} {:?}", key.arn(), key.name());
    }
    Ok(())
}
