# What new commerce and the marketplace cost, by month and currency.
data "partnercenter_invoices" "new_commerce" {
  invoice_type = "OneTime"
}

output "totals" {
  value = {
    for i in data.partnercenter_invoices.new_commerce.invoices :
    "${formatdate("YYYY-MM", i.billing_period_start_date)} ${i.currency_code}" => i.total_charges...
  }
}
