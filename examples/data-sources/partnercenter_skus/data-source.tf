data "partnercenter_skus" "mail_guard" {
  country    = "DE"
  product_id = "DZH318Z0MG7P"
}

output "plans" {
  value = { for s in data.partnercenter_skus.mail_guard.skus : s.id => s.title }
}
