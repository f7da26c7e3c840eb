"""Calls every operation of the service that botocore has, successfully, and prints how many there were.

Usage: all_operations.py PUBLIC_KEY, the key in PEM form. Ends with 1 where an operation of the client was not called.
"""

import sys

from service import administer, client

ivs = client()
called = set()
ivs.meta.events.register("after-call.ivs-realtime.*", lambda model, **_: called.add(model.name))
offered = set(ivs.meta.service_model.operation_names)


def configurations():
    """An encoder and a storage configuration."""
    encoder = ivs.create_encoder_configuration(
        name="hd", video={"width": 1920, "height": 1080, "framerate": 30.0, "bitrate": 8_500_000}
    )["encoderConfiguration"]
    assert ivs.get_encoder_configuration(arn=encoder["arn"])["encoderConfiguration"] == encoder
    assert encoder["video"]["width"] == 1920, encoder
    assert [found["arn"] for found in ivs.list_encoder_configurations()["encoderConfigurations"]] == [encoder["arn"]]
    storage = ivs.create_storage_configuration(name="s3", s3={"bucketName": "recordings"})["storageConfiguration"]
    assert ivs.get_storage_configuration(arn=storage["arn"])["storageConfiguration"] == storage
    assert [found["arn"] for found in ivs.list_storage_configurations()["storageConfigurations"]] == [storage["arn"]]
    return encoder["arn"], storage["arn"]


def stages(storage):
    """A stage that records, with a token of its creation, and another stage."""
    recording = {"storageConfigurationArn": storage, "mediaTypes": ["AUDIO_VIDEO"]}
    created = ivs.create_stage(
        name="main",
        autoParticipantRecordingConfiguration=recording,
        participantTokenConfigurations=[{"userId": "host", "capabilities": ["PUBLISH", "SUBSCRIBE"]}],
    )
    stage = created["stage"]["arn"]
    other = ivs.create_stage(name="other")["stage"]["arn"]
    ivs.update_stage(arn=stage, name="renamed")
    assert ivs.get_stage(arn=stage)["stage"]["name"] == "renamed"
    assert {found["arn"] for found in ivs.list_stages()["stages"]} == {stage, other}
    return stage, other, created["participantTokens"][0]["token"]


def tags(stage):
    """Tags with characters that are escaped in a query."""
    ivs.tag_resource(resourceArn=stage, tags={"team & co": "a", "of": "b"})
    ivs.untag_resource(resourceArn=stage, tagKeys=["team & co"])
    assert ivs.list_tags_for_resource(resourceArn=stage)["tags"] == {"of": "b"}


def show(stage, other, token):
    """Somebody joins and publishes, is listed, shown on another stage, and disconnected."""
    there = administer("join", token=token)
    session, host = there["sessionId"], there["participantId"]
    administer("publish", stageArn=stage, participantId=host)
    guest = ivs.create_participant_token(stageArn=stage, userId="guest", attributes={"row": "1"}, duration=60)
    guest = administer("join", token=guest["participantToken"]["token"])["participantId"]
    administer("subscribe", stageArn=stage, participantId=guest, remoteParticipantId=host)
    where = {"stageArn": stage, "sessionId": session}
    assert ivs.get_stage_session(**where)["stageSession"]["sessionId"] == session
    assert len(ivs.list_stage_sessions(stageArn=stage)["stageSessions"]) == 1
    assert len(ivs.list_participants(**where)["participants"]) == 2
    published = ivs.list_participants(filterByPublished=True, **where)["participants"]
    assert [found["participantId"] for found in published] == [host]
    assert ivs.get_participant(participantId=host, **where)["participant"]["recordingS3BucketName"] == "recordings"
    names = [found["name"] for found in ivs.list_participant_events(participantId=guest, **where)["events"]]
    assert names == ["JOINED", "SUBSCRIBE_STARTED"], names
    copy = {"sourceStageArn": stage, "destinationStageArn": other, "participantId": host}
    ivs.start_participant_replication(**copy)
    assert len(ivs.list_participant_replicas(sourceStageArn=stage, participantId=host)["replicas"]) == 1
    ivs.stop_participant_replication(**copy)
    ivs.disconnect_participant(stageArn=stage, participantId=guest, reason="the show is over")
    if "RevokeConnectionToken" in offered:
        ivs.revoke_connection_token(tokenId=host)
        assert administer("state")["participants"] == 0


def composition(stage, encoder, storage):
    """A composition to a channel and to S3, until it has ended."""
    channel = "arn:aws:ivs:us-east-1:123456789012:channel/AbCdEf"
    started = ivs.start_composition(
        stageArn=stage,
        layout={"grid": {"gridGap": 2}},
        destinations=[
            {"channel": {"channelArn": channel, "encoderConfigurationArn": encoder}},
            {"s3": {"storageConfigurationArn": storage, "encoderConfigurationArns": [encoder]}},
        ],
    )["composition"]
    assert started["state"] == "STARTING", started
    administer("advance", seconds=10)
    assert ivs.get_composition(arn=started["arn"])["composition"]["state"] == "ACTIVE"
    assert len(ivs.list_compositions(filterByStageArn=stage)["compositions"]) == 1
    ivs.stop_composition(arn=started["arn"])
    administer("advance", seconds=10)
    assert ivs.get_composition(arn=started["arn"])["composition"]["state"] == "STOPPED"


def ingest(stage):
    """An ingest configuration whose encoder publishes."""
    made = ivs.create_ingest_configuration(ingestProtocol="RTMPS", name="studio")["ingestConfiguration"]
    made = ivs.update_ingest_configuration(arn=made["arn"], stageArn=stage, redundantIngest=False)["ingestConfiguration"]
    administer("connect-encoder", streamKey=made["streamKey"])
    assert ivs.get_ingest_configuration(arn=made["arn"])["ingestConfiguration"]["state"] == "ACTIVE"
    assert len(ivs.list_ingest_configurations(filterByState="ACTIVE")["ingestConfigurations"]) == 1
    ivs.delete_ingest_configuration(arn=made["arn"], force=True)


def public_key(pem):
    """A public key that comes and goes."""
    key = ivs.import_public_key(publicKeyMaterial=pem, name="ours")["publicKey"]
    assert ivs.get_public_key(arn=key["arn"])["publicKey"]["fingerprint"] == key["fingerprint"]
    assert len(ivs.list_public_keys()["publicKeys"]) == 1
    ivs.delete_public_key(arn=key["arn"])


def main():
    encoder, storage = configurations()
    stage, other, token = stages(storage)
    tags(stage)
    show(stage, other, token)
    composition(stage, encoder, storage)
    ingest(stage)
    public_key(sys.argv[1])
    for arn in (stage, other):
        ivs.delete_stage(arn=arn)
    ivs.delete_storage_configuration(arn=storage)
    ivs.delete_encoder_configuration(arn=encoder)
    left = {kind: count for kind, count in administer("state").items() if count}
    assert not left, left
    print(f"{len(called)} operations")
    if offered - called:
        sys.exit(f"not called: {sorted(offered - called)}")


main()
