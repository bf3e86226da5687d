# The product of a subscription's offer, whose availability has been re-issued since.
output "product_id" {
  value = provider::partnercenter::parse_catalog_item_id("DZH318Z0MG7P:0001:DZH318ZK2WQX").product_id
}
