//! Numbers and booleans of which the files do not say whether they have a default, and AWS's models do.
//!
//! A default decides what a program sees: `Option<i64>` without one, `i64` with one; and what is sent: a default that a
//! member of a nested structure does not have would be said where nobody said anything. Per service it is one or the
//! other for a shape wherever it is a member, so that its name is enough: of 559 shapes without a `box` in the files of
//! 63 services not one is both in AWS's clients of November 2026.

/// Names that tell: shapes which were made to have no default are called so, of whatever service. Of 39 that were
/// compared all have none.
const BEGINNINGS: [&str; 4] = ["nullable", "boxed", "wrapp", "optional"];
const ENDINGS: [&str; 4] = ["object", "optional", "nullable", "box"];

/// Shapes without a default, by service, where the rules of files and of names have one.
const WITHOUT: [(&str, &str); 28] = [
    ("AppStream", "Boolean Integer"),
    ("Athena", "BytesScannedCutoffValue Long"),
    (
        "Auto Scaling",
        "AssociatePublicIpAddress AutoRollback AutoScalingGroupDesiredCapacity AutoScalingGroupMaxSize \
         AutoScalingGroupMinSize AutoScalingGroupPredictedCapacity BlockDeviceEbsDeleteOnTermination \
         BlockDeviceEbsEncrypted CapacityRebalanceEnabled Cooldown DefaultInstanceWarmup EbsOptimized \
         EstimatedInstanceWarmup GlobalTimeout HealthCheckGracePeriod HeartbeatTimeout InstanceProtected \
         MaxInstanceLifetime MaxNumberOfAutoScalingGroups MaxNumberOfLaunchConfigurations MetricScale \
         MinAdjustmentMagnitude MinAdjustmentStep NumberOfAutoScalingGroups NumberOfLaunchConfigurations \
         OnDemandBaseCapacity OnDemandPercentageAboveBaseCapacity PolicyIncrement Progress ScalingPolicyEnabled \
         SkipMatching SpotInstancePools WarmPoolSize ZonalShiftEnabled",
    ),
    (
        "CloudFormation",
        "AutoUpdate DisableRollback EnableTerminationProtection ImportExistingResources IncludeNestedStacks \
         IsActivated IsDefaultVersion NoEcho PercentageCompleted RequiredProperty ResourcesRead ResourcesScanned \
         RetainExceptOnCreate UsePreviousValue",
    ),
    (
        "CloudWatch",
        "ActionLogLineCount ActionsEnabled DatapointValue IncludeLinkedAccountsMetrics InsightRuleIsManaged \
         InsightRuleUnboundDouble InsightRuleUnboundLong ReturnData SuppressorPeriod Threshold",
    ),
    (
        "CloudWatch Logs",
        "BearerTokenAuthenticationEnabled Boolean BytesScannedValue Days DefaultValue DeletionProtectionEnabled \
         EndTimeOffset FilterCount LogEventIndex LogGroupCount QueryCharOffset QueryDuration StartTimeOffset",
    ),
    ("CodeBuild", "FleetCapacity"),
    (
        "DynamoDB",
        "Backfilling BackupSizeBytes BilledSizeBytes ConsistentRead ConsumedCapacityUnits \
         DeletionProtectionEnabled DisassociationProtectionEnabled ItemCount RecoveryPeriodInDays SSEEnabled",
    ),
    ("EBS", "BlockIndex BlockSize DataLength VolumeSize"),
    ("ECR", "Epoch ImageSizeInBytes LayerSizeInBytes"),
    ("ElastiCache", "Boolean Double Integer"),
    (
        "Elastic Beanstalk",
        "AbortableOperationInProgress ApplicationVersionProccess CnameAvailability OptionRestrictionMaxLength \
         OptionRestrictionMaxValue OptionRestrictionMinValue UserDefinedOption",
    ),
    (
        "Elastic Load Balancing v2",
        "AuthenticateCognitoActionSessionTimeout AuthenticateOidcActionSessionTimeout DecreaseRequestsRemaining \
         HealthCheckEnabled IgnoreClientCertificateExpiry IsDefault NumberOfCaCertificates RevocationId \
         TargetGroupStickinessEnabled",
    ),
    ("GameLift", "BooleanModel Double Integer"),
    ("Glue", "ContinuousSync SchemaCheckpointNumber VersionLongNumber"),
    ("IAM", "attachmentCountType integerType minorVersionType"),
    (
        "IoT Wireless",
        "Avg BaseLat BaseLng BeaconingDataRate CaptureTimeAccuracy ClassBTimeout ClassCTimeout Coordinate Crc \
         DevStatusReqFreq DlBucketSize DlDr DlFreq DlRate Double FPort FactorySupport FragmentIntervalMS \
         FragmentSizeBytes GPST GsmTimingAdvance HorizontalAccuracy ImportedWirelessDeviceCount Integer LAC \
         LteTimingAdvance Max MaxAllowedSignature MaxDutyCycle MaxEirp McGroupId Min MinGwDiversity NbTransMin \
         NumberOfDevicesInGroup NumberOfDevicesRequested PathLoss PilotPower PingSlotDr PingSlotFreq \
         PingSlotPeriod QualificationStatus RSCP RSRP RSRQ RedundancyPercent RegistrationZone RxDataRate2 \
         RxDelay1 RxDrOffset1 RxFreq2 RxLevel Seq SessionTimeout Std Sum SupportsJoin TAC TdscdmaTimingAdvance \
         TransmitMode TxPowerIndexMax TxPowerIndexMin UlBucketSize UlRate UtranCid",
    ),
    ("Kinesis", "DataFreshnessInSeconds"),
    ("Pinpoint", "__boolean __double __integer"),
    ("RDS", "Boolean Double Integer Long"),
    ("Rekognition", "Float"),
    ("Route 53", "Disabled EnableSNI HostedZoneRRSetCount Inverted MeasureLatency ResourceRecordSetMultiValueAnswer"),
    ("S3 Control", "Setting StorageLensPrefixLevelMaxDepth"),
    ("SESv2", "FailedRecordsCount Percentage ProcessedRecordsCount Volume"),
    ("SSM", "MaintenanceWindowDurationHours OpsItemPriority RegistrationLimit RegistrationsCount TimeoutSeconds"),
    ("Timestream Query", "MaxQueryCapacity QueryTCU"),
    ("Transcribe", "Boolean IdentifiedLanguageScore"),
    ("WAFV2", "ResponseCode SolveTimestamp"),
];

/// Shapes with a default, by service, where the rules have none.
const WITH: [(&str, &str); 6] = [
    ("CloudWatch Logs", "DryRunCount EpochMillis"),
    ("Cognito Identity Provider", "AdminCreateUserUnusedAccountValidityDaysType RefreshTokenValidityType"),
    ("EventBridge", "CapacityProviderStrategyItemWeight"),
    ("Route 53", "SigningKeyTag"),
    ("Transcribe", "ChannelId"),
    ("WAFV2", "ConsumedCapacity RequestCount"),
];

/// Services whose clients let required members of outputs and other structures be absent: that they are required was
/// said after the first clients were there.
const LENIENT: [&str; 10] = [
    "ApiGatewayManagementApi",
    "AppStream",
    "Auto Scaling",
    "CloudFormation",
    "CloudWatch",
    "ElastiCache",
    "Elastic Load Balancing v2",
    "GameLift",
    "Pinpoint",
    "RDS",
];

/// Whether clients let the required members of a service's structures be absent.
pub(super) fn lets_required_be_absent(service: &str) -> bool {
    LENIENT.contains(&service)
}

/// Whether a number or boolean of a service has a default; `None` where nothing is known of it.
pub(super) fn has_default(service: &str, shape: &str) -> Option<bool> {
    let lower = shape.to_ascii_lowercase();
    let is_named_so = BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning))
        || ENDINGS.iter().any(|ending| lower.ends_with(ending));
    if is_named_so || lists(&WITHOUT, service, shape) {
        return Some(false);
    }
    lists(&WITH, service, shape).then_some(true)
}

/// Whether a table has a shape of a service.
fn lists(table: &[(&str, &str)], service: &str, shape: &str) -> bool {
    table.iter().any(|(of, shapes)| *of == service && shapes.split_whitespace().any(|name| name == shape))
}

#[cfg(test)]
mod tests {
    use super::{WITH, WITHOUT, has_default};

    #[test]
    fn shapes_are_known_by_service_or_by_a_name_that_tells() {
        assert_eq!(has_default("DynamoDB", "ItemCount"), Some(false));
        assert_eq!(has_default("DynamoDB", "Integer"), None);
        assert_eq!(has_default("Zoo", "ItemCount"), None);
        assert_eq!(has_default("CloudWatch Logs", "EpochMillis"), Some(true));
        for name in ["NullableBoolean", "LongObject", "optionalLong", "WrapperInt", "WrappedIntegerType"] {
            assert_eq!(has_default("Zoo", name), Some(false), "{name}");
        }
    }

    #[test]
    fn each_service_and_shape_stands_in_one_place() {
        let mut seen = std::collections::BTreeSet::new();
        for (service, shapes) in WITHOUT.iter().chain(&WITH) {
            assert!(shapes.split_whitespace().all(|shape| seen.insert((service, shape))), "{service}");
        }
    }
}
