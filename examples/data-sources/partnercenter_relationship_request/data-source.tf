# A company that has a tenant already becomes a customer by accepting this link. Needs a signed-in user.
data "partnercenter_relationship_request" "this" {}

output "link_for_the_customer" {
  value = data.partnercenter_relationship_request.this.url
}
