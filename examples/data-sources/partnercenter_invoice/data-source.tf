# The newest invoice, and where its PDF is. Needs a signed-in user.
data "partnercenter_invoices" "all" {}

data "partnercenter_invoice" "newest" {
  id = data.partnercenter_invoices.all.invoices[0].id
}

output "pdf" {
  value     = data.partnercenter_invoice.newest.pdf_download_link
  sensitive = true
}
