//! Public keys, by which an application signs tokens itself.

use ivs_realtime::operation::delete_public_key::{DeletePublicKeyInput, DeletePublicKeyOutput};
use ivs_realtime::operation::get_public_key::{GetPublicKeyInput, GetPublicKeyOutput};
use ivs_realtime::operation::import_public_key::{ImportPublicKeyInput, ImportPublicKeyOutput};
use ivs_realtime::operation::list_public_keys::{ListPublicKeysInput, ListPublicKeysOutput};
use ivs_realtime::types::{PublicKey, PublicKeySummary};

use super::tags;
use crate::fake::failure::Failure;
use crate::fake::paging::page;
use crate::fake::signer::fingerprint;
use crate::fake::world::{Call, records, required};

pub(super) fn import(call: &mut Call<'_>, input: ImportPublicKeyInput) -> Result<ImportPublicKeyOutput, Failure> {
    let material = required(input.public_key_material, "publicKeyMaterial")?;
    let fingerprint =
        fingerprint(&material).map_err(|reason| Failure::validation(format!("publicKeyMaterial: {reason}")))?;
    if call.world.keys.iter().any(|(_, key)| key.fingerprint == fingerprint) {
        return Err(Failure::conflict("this public key has been imported already"));
    }
    call.check_quota("public keys", call.world.keys.len(), call.settings.quotas.public_keys)?;
    let tags = tags::of(input.tags)?;
    let arn = call.new_arn("public-key");
    let key = records::PublicKey { name: input.name.unwrap_or_default(), material, fingerprint, tags };
    let shown = shown(&arn, &key);
    call.world.keys.insert(arn, key);
    Ok(ImportPublicKeyOutput::builder().public_key(shown).build())
}

pub(super) fn get(call: &mut Call<'_>, input: GetPublicKeyInput) -> Result<GetPublicKeyOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let key = call.world.keys.get(&arn).ok_or_else(|| Failure::not_found("public key", &arn))?;
    Ok(GetPublicKeyOutput::builder().public_key(shown(&arn, key)).build())
}

pub(super) fn list(call: &mut Call<'_>, input: ListPublicKeysInput) -> Result<ListPublicKeysOutput, Failure> {
    let items = call.world.keys.iter().map(|(arn, key)| {
        let summary = PublicKeySummary::builder().arn(arn).name(&key.name).set_tags(tags::shown(&key.tags)).build();
        (arn, summary)
    });
    let page = page(call, "", input.next_token.as_deref(), input.max_results, items)?;
    Ok(ListPublicKeysOutput::builder().set_public_keys(Some(page.items)).set_next_token(page.next_token).build()?)
}

pub(super) fn delete(call: &mut Call<'_>, input: DeletePublicKeyInput) -> Result<DeletePublicKeyOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    call.world.keys.remove(&arn).ok_or_else(|| Failure::not_found("public key", &arn))?;
    Ok(DeletePublicKeyOutput::builder().build())
}

fn shown(arn: &str, key: &records::PublicKey) -> PublicKey {
    PublicKey::builder()
        .arn(arn)
        .name(&key.name)
        .public_key_material(&key.material)
        .fingerprint(&key.fingerprint)
        .set_tags(tags::shown(&key.tags))
        .build()
}
