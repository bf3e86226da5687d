# Promotions for a product, and whether this customer gets them with 25 licenses.
data "partnercenter_promotions" "premium" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id  = "CFQ7TTC0BW2P"
  quantity    = 25
}

output "promotion_ids" {
  value = [
    for promotion in data.partnercenter_promotions.premium.promotions : promotion.id
    if anytrue([for product in promotion.required_products : product.is_eligible == true])
  ]
}
