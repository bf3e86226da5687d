# Writes the configuration that takes over what customers have already: an import block and a resource for each subscription.
#
#   terraform init
#   terraform apply
#   terraform output -raw configuration > ../licenses/adopted.tf
#
# There, in a configuration that has the terraform and provider blocks from below, `terraform init`, `terraform fmt` and `terraform plan` have to
# say "... to import, 0 to add, 0 to change, 0 to destroy". The import blocks can go after the apply. Terraform 1.14 and newer do all this by themselves: terraform query -generate-config-out=adopted.tf

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

variable "customer_ids" {
  type        = list(string)
  default     = null
  description = "Customers to take over; all of them, if left out."
}

data "partnercenter_subscriptions" "estate" {
  customer_ids = var.customer_ids
}

locals {
  adoptable = [
    for s in data.partnercenter_subscriptions.estate.subscriptions : s
    if contains(["marketplace_saas", "new_commerce"], s.product_type) && !contains(["expired", "disabled", "deleted"], s.status)
  ]

  # Customer and nickname as the name of a resource, with the ID where that is not unique.
  words = {
    for s in local.adoptable : s.id => trim(replace(lower(join(" ", compact([s.company_name, s.friendly_name]))), "/[^a-z0-9]+/", "_"), "_")
  }
  same = { for id, words in local.words : words => id... }
  names = {
    for id, words in local.words : id => join("_", compact([
      can(regex("^[a-z]", words)) ? "" : "subscription", words, length(local.same[words]) == 1 ? "" : replace(id, "-", "_"),
    ]))
  }

  # What does not end with its term although it does not renew stays as it is: no decision to end it is known.
  ends_with_term = {
    for s in local.adoptable : s.id => s.product_type != "new_commerce" || s.is_trial || anytrue([
      for a in s.scheduled_actions : a.schedule_type == "TermEnd" && a.action_type == "Cancel"
    ])
  }

  settings = {
    for s in local.adoptable : s.id => [for setting in [
      ["customer_id", s.customer_id],
      ["product_id", s.product_id],
      ["sku_id", s.sku_id],
      ["friendly_name", s.friendly_name],
      ["quantity", s.quantity],
      ["term_duration", s.term_duration],
      ["billing_cycle", s.billing_cycle],
      ["auto_renew_enabled", s.auto_renew_enabled || local.ends_with_term[s.id] ? s.auto_renew_enabled : null],
      ["partner_id", s.partner_id],
      ["scheduled_next_term_instructions", s.is_trial ? null : s.scheduled_next_term_instructions],
    ] : [setting[0], replace(replace(jsonencode(setting[1]), "$${", "$$${"), "%%{", "%%%{")] if setting[1] != null]
  }
}

output "configuration" {
  value = join("\n", [
    for s in local.adoptable : <<-EOT
      import {
        to = partnercenter_subscription.${local.names[s.id]}
        id = "${s.customer_id}/${s.id}"
      }

      resource "partnercenter_subscription" "${local.names[s.id]}" {
      ${join("\n", [for setting in local.settings[s.id] : "  ${setting[0]} = ${setting[1]}"])}
      }
    EOT
  ])
}

output "subscriptions" {
  value = length(local.adoptable)
}
