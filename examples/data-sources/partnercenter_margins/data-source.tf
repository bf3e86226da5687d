# Margins of this product's publisher that a purchase gets today.
data "partnercenter_margins" "mail_guard" {
  product_id = "DZH318Z0BQ4B"
}

output "running_margins" {
  value = [
    for margin in data.partnercenter_margins.mail_guard.margins : "${margin.margin_percentage} % until ${margin.end_date}"
    if margin.margin_percentage != null && timecmp(margin.start_date, plantimestamp()) <= 0 && timecmp(plantimestamp(), margin.end_date) < 0
  ]
}
