# The link with which a person of the customer sets up marketplace software at its publisher. It works like a password.

terraform {
  required_providers {
    partnercenter = {
      source = "partnercenter-community/partnercenter"
    }
  }
}

provider "partnercenter" {
  read_only = true
}

variable "subscription_id" {
  type    = string
  default = "68e5b0c4-d3f2-4719-a086-5b1c7f9e3d20"
}

data "partnercenter_activation_links" "this" {
  customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  subscription_id = var.subscription_id
}

output "link" {
  value     = one(data.partnercenter_activation_links.this.activation_links[*].uri)
  sensitive = true
}
