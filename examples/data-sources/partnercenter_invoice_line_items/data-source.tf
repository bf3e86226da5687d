# Marketplace charges of a customer on its newest invoice, by subscription.
locals {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
}

data "partnercenter_invoices" "euro" {
  invoice_type  = "OneTime"
  currency_code = "EUR"
}

data "partnercenter_invoice_line_items" "newest" {
  invoice_id  = data.partnercenter_invoices.euro.invoices[0].id
  customer_id = local.customer_id
}

data "partnercenter_subscriptions" "all" {
  customer_ids = [local.customer_id]
}

output "marketplace_charges" {
  value = {
    for s in data.partnercenter_subscriptions.all.subscriptions : s.friendly_name => {
      publisher = s.publisher_name
      licenses  = s.quantity
      charges = [
        for l in data.partnercenter_invoice_line_items.newest.invoice_line_items :
        "${l.charge_type}: ${l.quantity} x ${l.effective_unit_price} = ${l.subtotal} ${l.currency}"
        if lower(l.subscription_id) == lower(s.id)
      ]
    } if s.product_type == "marketplace_saas"
  }
}

# What the current month will cost, before it is billed.
data "partnercenter_invoice_line_items" "unbilled" {
  period        = "current"
  currency_code = "EUR"
  customer_id   = local.customer_id
}

# What an invoice of very many charges adds up to: none of them enters the state.
data "partnercenter_invoice_line_items" "sums" {
  invoice_id  = data.partnercenter_invoices.euro.invoices[0].id
  totals_only = true
}

output "invoice_sums" {
  value = { for t in data.partnercenter_invoice_line_items.sums.totals : t.currency => t.total_for_customer }
}
