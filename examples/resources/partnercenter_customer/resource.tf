# A new customer and its first subscription. Between the two, a person at the customer accepts the Microsoft Customer Agreement: apply once,
# send the link of action partnercenter_request_customer_agreement, and apply again with agreement_accepted = true.
variable "agreement_accepted" {
  type        = bool
  default     = false
  description = "Whether the customer has accepted the Microsoft Customer Agreement."
}

resource "partnercenter_customer" "fjordlabor" {
  domain = "fjordlabor.onmicrosoft.com"

  billing_profile = {
    company_name = "Fjordlabor AG"
    email        = "einkauf@fjordlabor.example"
    culture      = "de-DE"
    language     = "de"

    default_address = {
      first_name    = "Mira"
      last_name     = "Kolb"
      address_line1 = "Hafenweg 12"
      city          = "Kiel"
      state         = "SH"
      postal_code   = "24103"
      country       = "DE"
    }
  }

  # No default relationship for delegated administration.
  enable_gdap_by_default = false
}

resource "partnercenter_subscription" "mail_guard" {
  count = var.agreement_accepted ? 1 : 0

  customer_id   = partnercenter_customer.fjordlabor.id
  product_id    = "DZH318Z0MG7P"
  sku_id        = "0001"
  friendly_name = "mail-guard"
  quantity      = 5
  term_duration = "P1Y"
  billing_cycle = "monthly"

  deletion_policy = "cancel_or_turn_off_auto_renew"
}
