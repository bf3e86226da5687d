# Licenses that a customer has, legacy offers included, to manage only their number:
#   terraform query -generate-config-out=licenses.tf
list "partnercenter_license_quantity" "prairie" {
  provider = partnercenter
  limit    = 1000

  config {
    customer_ids = ["d4a95c70-62f8-4b13-8e0d-17c9f5b3a684"]
  }
}
