# New-commerce licenses for Atelier Lumière, sold by Loire Informatique.
resource "partnercenter_subscription" "workplace" {
  customer_id     = "1c7e94a0-3b5d-4f86-a2c1-90d47be6f538"
  product_id      = "CFQ7TTC0BW1S"
  sku_id          = "0001"
  friendly_name   = "workplace-paris"
  quantity        = 10
  term_duration   = "P1Y"
  billing_cycle   = "monthly"
  partner_id      = "7700124"
  deletion_policy = "turn_off_auto_renew"
}
