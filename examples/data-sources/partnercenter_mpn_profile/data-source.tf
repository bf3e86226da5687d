# Whose PartnerID is it, and may it be partner on record? Needs a signed-in user.
data "partnercenter_mpn_profile" "reseller" {
  mpn_id = "7700123"

  lifecycle {
    postcondition {
      condition     = self.is_agreement_signed == true
      error_message = "${self.partner_name} has not signed the Microsoft Partner Agreement as an indirect reseller."
    }
  }
}

output "reseller" {
  value = data.partnercenter_mpn_profile.reseller.partner_name
}
