output "catalog_item_id" {
  value = provider::partnercenter::catalog_item_id("DZH318Z0MG7P", "0001", "DZH318ZK2WQX") # "DZH318Z0MG7P:0001:DZH318ZK2WQX"
}
