# Rules about what customers have, checked with every plan and apply, also about what is not managed here. A rule that is broken is a
# warning; a nightly `terraform plan` shows them all.

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

variable "renewing" {
  type        = list(string)
  default     = ["mail-guard-prod", "Verwaltung", "Konstruktion"]
  description = "Nicknames of the subscriptions that may renew by themselves."
}

variable "most_licenses" {
  type = map(number)
  default = {
    "Fabrikant Security GmbH" = 50
    "Microsoft Corporation"   = 100
  }
  description = "Most licenses that one customer may have of a publisher's products; other publishers are not limited."
}

variable "nickname" {
  type        = string
  default     = "^[\\p{L}0-9][\\p{L}0-9 &-]{2,39}$"
  description = "Regular expression that nicknames have to match."
}

data "partnercenter_subscriptions" "all" {
  status = "active"
}

locals {
  active = data.partnercenter_subscriptions.all.subscriptions

  # What renews costs money for another term.
  unexpected = [
    for s in local.active : "${s.company_name}: ${s.friendly_name} (licenses: ${s.quantity}, renews: ${formatdate("YYYY-MM-DD", s.commitment_end_date)})"
    if s.auto_renew_enabled && s.commitment_end_date != null
    && try(timecmp(s.commitment_end_date, timeadd(plantimestamp(), "720h")) < 0, false)
    && !contains(var.renewing, s.friendly_name)
  ]

  licenses = {
    for s in local.active : jsonencode([s.company_name, s.publisher_name]) => s.quantity...
    if contains(keys(var.most_licenses), s.publisher_name)
  }
  too_many = [
    for of, quantities in local.licenses : "${join(", ", jsondecode(of))}: ${sum(quantities)}"
    if sum(quantities) > var.most_licenses[jsondecode(of)[1]]
  ]

  misnamed = [
    for s in local.active : "${s.company_name}: ${s.friendly_name}"
    if !can(regex(var.nickname, s.friendly_name))
  ]
}

check "no_unexpected_renewal" {
  assert {
    condition     = length(local.unexpected) == 0
    error_message = "These renew within 30 days, and are not on the list of those that may: ${join(", ", local.unexpected)}."
  }
}

check "licenses_per_customer_and_publisher" {
  assert {
    condition     = length(local.too_many) == 0
    error_message = "More licenses than most_licenses allows: ${join(", ", local.too_many)}."
  }
}

check "nicknames" {
  assert {
    condition     = length(local.misnamed) == 0
    error_message = "These nicknames do not follow the convention: ${join(", ", local.misnamed)}."
  }
}

output "broken" {
  value = { renewals = length(local.unexpected), licenses = length(local.too_many), nicknames = length(local.misnamed) }
}
