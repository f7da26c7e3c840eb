//! CloudWatch: numbers and times in forms, pages of metrics, two exceptions that go by one code.

mod setup;

use cloudwatch::Client;
use cloudwatch::error::{ProvideErrorMetadata, SdkErrorExt};
use cloudwatch::operation::get_dashboard::GetDashboardError;
use cloudwatch::operation::set_alarm_state::SetAlarmStateError;
use cloudwatch::primitives::DateTime;
use cloudwatch::types::{ComparisonOperator, Dimension, MetricDatum, StandardUnit, StateValue, Statistic};
use setup::holds;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

const NAMESPACE: &str = "seen/heard";

/// More than moto has on a page.
const METRICS: usize = 520;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    metrics(&client).await?;
    statistics(&client).await?;
    alarms(&client).await?;
    dashboards(&client).await
}

fn datum(name: &str, value: f64) -> MetricDatum {
    let dimension = Dimension::builder().name("host").value("größe <&>").build();
    let datum = MetricDatum::builder().metric_name(name).dimensions(dimension).unit(StandardUnit::Seconds);
    datum.value(value).timestamp(DateTime::from_millis(1_700_000_000_500)).build()
}

async fn metrics(client: &Client) -> Checked {
    let data: Vec<MetricDatum> = (0..METRICS).map(|index| datum(&format!("m{index}"), 0.5)).collect();
    for data in data.chunks(200) {
        client.put_metric_data().namespace(NAMESPACE).set_metric_data(Some(data.to_vec())).send().await?;
    }
    let mut pages = client.list_metrics().namespace(NAMESPACE).into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        let metric = page.metrics().first().expect("a metric on each page");
        assert_eq!(metric.dimensions().first().and_then(Dimension::value), Some("größe <&>"));
        sizes.push(page.metrics().len());
    }
    assert_eq!((sizes.len(), sizes.iter().sum::<usize>()), (2, METRICS), "{sizes:?}");
    holds(&format!("ListMetrics gives {METRICS} metrics on 2 pages"));
    Ok(())
}

async fn statistics(client: &Client) -> Checked {
    for value in [1.5, -0.25, 1e-7] {
        client.put_metric_data().namespace(NAMESPACE).metric_data(datum("measured", value)).send().await?;
    }
    let asked = client.get_metric_statistics().namespace(NAMESPACE).metric_name("measured").period(60);
    let asked = asked.start_time(DateTime::from_secs(1_699_999_000)).end_time(DateTime::from_secs(1_700_001_000));
    let asked = asked.statistics(Statistic::Sum).statistics(Statistic::Minimum).statistics(Statistic::SampleCount);
    let found = asked.send().await?;
    let [point] = found.datapoints() else { panic!("one point in {found:?}") };
    assert_eq!((point.minimum(), point.sample_count()), (Some(-0.25), Some(3.0)));
    assert!(point.sum().is_some_and(|sum| (sum - 1.250_000_1).abs() < 1e-12), "{point:?}");
    holds("numbers and times come back as they were sent");
    Ok(())
}

async fn alarms(client: &Client) -> Checked {
    for index in 0..3 {
        let alarm = client.put_metric_alarm().alarm_name(format!("late-{index}")).threshold(2.5).evaluation_periods(2);
        let alarm = alarm.metric_name("measured").namespace(NAMESPACE).period(60).statistic(Statistic::Average);
        alarm.comparison_operator(ComparisonOperator::GreaterThanThreshold).send().await?;
    }
    let mut pages = client.describe_alarms().alarm_name_prefix("late-").into_paginator().send();
    let page = pages.try_next().await?.expect("a page");
    assert_eq!(page.metric_alarms().len(), 3);
    assert_eq!(page.metric_alarms()[0].threshold(), Some(2.5));
    client.delete_alarms().alarm_names("late-0").alarm_names("late-1").alarm_names("late-2").send().await?;
    let left = client.describe_alarms().alarm_name_prefix("late-").send().await?;
    assert!(left.metric_alarms().is_empty());
    let late = client.set_alarm_state().alarm_name("late-0").state_value(StateValue::Ok).state_reason("seen");
    let error = late.send().await.expect_err("the alarm was deleted");
    assert!(error.is_resource_not_found(), "{}", error.describe());
    let error = error.into_service_error();
    assert!(matches!(error, SetAlarmStateError::ResourceNotFound(_)), "{error:?}");
    holds("alarms are put, listed and deleted, and one that is not there is a ResourceNotFound");
    Ok(())
}

async fn dashboards(client: &Client) -> Checked {
    client.put_dashboard().dashboard_name("seen").dashboard_body(r#"{"widgets": []}"#).send().await?;
    let seen = client.get_dashboard().dashboard_name("seen").send().await?;
    assert_eq!(seen.dashboard_body(), Some(r#"{"widgets": []}"#));
    let listed = client.list_dashboards().into_paginator().items().send();
    assert_eq!(listed.collect::<Result<Vec<_>, _>>().await?.len(), 1);
    client.delete_dashboards().dashboard_names("seen").send().await?;
    let error = client.get_dashboard().dashboard_name("seen").send().await.expect_err("the dashboard was deleted");
    assert!(error.is_dashboard_not_found(), "{}", error.describe());
    let described = error.describe();
    let error = error.into_service_error();
    assert!(matches!(error, GetDashboardError::DashboardNotFoundError(_)), "{error:?}");
    assert_eq!(error.code(), Some("ResourceNotFound"));
    holds("a dashboard is put, listed and deleted, and by the same code it is a DashboardNotFoundError");
    holds(described.split(" (request id").next().unwrap_or_default());
    Ok(())
}
