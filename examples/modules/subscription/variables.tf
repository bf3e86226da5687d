variable "customer_id" {
  type        = string
  description = "The customer's tenant ID, which Partner Center shows as \"Microsoft ID\"."
}

variable "product" {
  type        = object({ product_id = string, sku_id = string })
  description = "What to buy."
}

variable "nickname" {
  type        = string
  description = "The subscription's nickname, of its own for this customer."

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.nickname))
    error_message = "nickname consists of lower-case letters, digits and single hyphens, such as mail-guard-sales."
  }
}

variable "licenses" {
  type        = number
  description = "Number of licenses."

  validation {
    condition     = var.licenses >= 1 && var.licenses == floor(var.licenses)
    error_message = "licenses is a whole number, at least 1."
  }
}

variable "most_licenses" {
  type        = number
  default     = 50
  description = "More licenses than this are taken for a typing error until this limit is raised, too."
}

variable "price_limit" {
  type        = object({ unit_price = string, currency = string })
  description = "Most to pay for one license and billing cycle, before tax."
}

variable "term_duration" {
  type        = string
  default     = "P1Y"
  description = "Commitment, such as P1M or P1Y."
}

variable "billing_cycle" {
  type        = string
  default     = "monthly"
  description = "How often it is charged."
}

variable "renew" {
  type        = bool
  nullable    = false
  description = "Whether it renews at the end of its term. Partner Center's own default is true; here the author of the configuration has to decide."
}

variable "allow_long_commitment" {
  type        = bool
  default     = false
  description = "Allow terms of two and three years."
}

variable "reseller" {
  type        = string
  default     = null
  description = "PartnerID of the indirect reseller on record, for indirect providers."
}

variable "protected" {
  type        = bool
  default     = true
  description = "Refuse to destroy it. Apply false before taking the module out of a configuration."
}
