data "partnercenter_activation_links" "signature" {
  customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  subscription_id = "68e5b0c4-d3f2-4719-a086-5b1c7f9e3d20"
}

# For the customer's administrator; shown by: terraform output activation_links
# Every read makes new links, so each plan changes this output: keep it out of what a nightly plan looks at.
output "activation_links" {
  value     = data.partnercenter_activation_links.signature.activation_links[*].uri
  sensitive = true
}
