use anyhow::Context;
use order_worker::queue::Queue;
use order_worker::secret::signature;
use order_worker::table::Table;
use order_worker::worker::Worker;

fn setting(name: &str) -> anyhow::Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set"))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().init();
    let config = aws_config::load_from_env().await;
    let signature = signature(&aws_sdk_secretsmanager::Client::new(&config), &setting("ORDERS_SECRET")?).await?;
    let queue = Queue::find(aws_sdk_sqs::Client::new(&config), &setting("ORDERS_QUEUE")?).await?;
    let queue = queue.context("there is no such queue")?;
    let table = Table::new(aws_sdk_dynamodb::Client::new(&config), setting("ORDERS_TABLE")?);
    anyhow::ensure!(table.is_ready().await?, "the table is not ready");
    if let Some(customer) = std::env::args().nth(1) {
        for order in table.orders(&customer).await? {
            println!("{} {:>10} {}", order.id, order.cents, order.articles.join(", "));
        }
        return Ok(());
    }
    let worker = Worker { queue, table, signature };
    loop {
        tokio::select! {
            round = worker.round() => tracing::info!(?round, "done"),
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
    }
}
