//! S3: streams both ways with their checksums, pages of objects, waiters for buckets and objects.

mod setup;

use std::time::Duration;

use s3::Client;
use s3::client::Waiters;
use s3::error::SdkErrorExt;
use s3::operation::get_object::GetObjectError;
use s3::primitives::ByteStream;
use s3::types::{ChecksumAlgorithm, ChecksumMode};
use s3::waiters::bucket_exists::WaitUntilBucketExistsError;
use setup::holds;

type Checked = Result<(), Box<dyn std::error::Error>>;

const BUCKET: &str = "seen-and-heard";

/// A key of which each character has to be escaped in a path or in XML.
const KEY: &str = "a folder/<&> 100% +ü?";

/// How long a bucket or an object may take.
const LONG: Duration = Duration::from_secs(60);

/// How many objects are listed.
const OBJECTS: usize = 7;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    created(&client).await?;
    streams(&client).await?;
    pages(&client).await?;
    deleted(&client).await
}

async fn created(client: &Client) -> Checked {
    client.wait_until_bucket_not_exists().bucket(BUCKET).wait(LONG).await?;
    let late = client.wait_until_bucket_exists().bucket(BUCKET).wait(Duration::from_millis(100)).await;
    let Err(WaitUntilBucketExistsError::ExceededMaxWait(late)) = late else { panic!("{late:?}") };
    client.create_bucket().bucket(BUCKET).send().await?;
    let last = client.wait_until_bucket_exists().bucket(BUCKET).wait(LONG).await?;
    assert!(last.as_result().is_ok(), "the bucket is there");
    holds(&format!("a bucket is waited for, {} times in vain, and then it is there", late.poll_count()));
    Ok(())
}

/// Objects of a file and of bytes, by each checksum that moto keeps.
async fn streams(client: &Client) -> Checked {
    let path = std::env::temp_dir().join(format!("moto-s3-{}", std::process::id()));
    let text: Vec<u8> = (0..300_000).map(|index| (index % 251) as u8).collect();
    std::fs::write(&path, &text)?;
    for algorithm in [ChecksumAlgorithm::Crc32, ChecksumAlgorithm::Sha1, ChecksumAlgorithm::Sha256] {
        for body in [ByteStream::from_path(&path).await?, ByteStream::from(text.clone())] {
            let put = client.put_object().bucket(BUCKET).key(KEY).checksum_algorithm(algorithm.clone()).body(body);
            put.send().await?;
            let get = client.get_object().bucket(BUCKET).key(KEY).checksum_mode(ChecksumMode::Enabled).send().await?;
            assert_eq!(get.content_length(), Some(text.len() as i64));
            assert!(get.body.collect().await?.into_bytes() == text, "another object came back by {algorithm:?}");
        }
    }
    std::fs::remove_file(path)?;
    client.wait_until_object_exists().bucket(BUCKET).key(KEY).wait(LONG).await?;
    holds("objects of a file and of bytes come back, with their checksums");
    Ok(())
}

async fn pages(client: &Client) -> Checked {
    for index in 0..OBJECTS {
        let body = ByteStream::from_static(b"x");
        client.put_object().bucket(BUCKET).key(format!("list/{index} & more")).body(body).send().await?;
    }
    let list = client.list_objects_v2().bucket(BUCKET).prefix("list/");
    let mut pages = list.into_paginator().page_size(3).send();
    let mut keys = Vec::new();
    while let Some(page) = pages.try_next().await? {
        assert!(page.contents().len() <= 3, "{} objects", page.contents().len());
        keys.extend(page.contents().iter().filter_map(|object| object.key()).map(str::to_owned));
    }
    assert_eq!(keys, (0..OBJECTS).map(|index| format!("list/{index} & more")).collect::<Vec<_>>());
    holds(&format!("ListObjectsV2 gives {OBJECTS} objects in pages"));
    Ok(())
}

async fn deleted(client: &Client) -> Checked {
    client.delete_object().bucket(BUCKET).key(KEY).send().await?;
    let last = client.wait_until_object_not_exists().bucket(BUCKET).key(KEY).wait(LONG).await?;
    let error = last.into_result().expect_err("there is no object");
    assert!(error.as_service_error().is_some_and(|error| error.is_not_found()), "{error:?}");
    let error = client.get_object().bucket(BUCKET).key(KEY).send().await.expect_err("there is no object");
    let described = error.describe();
    assert!(matches!(error.into_service_error(), GetObjectError::NoSuchKey(_)));
    holds("an object is deleted, and waited for");
    holds(described.split(" (request id").next().unwrap_or_default());
    Ok(())
}
