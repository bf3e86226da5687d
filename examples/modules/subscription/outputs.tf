output "id" {
  value       = partnercenter_subscription.this.id
  description = "ID of the subscription."
}

output "cancellable_until" {
  value       = partnercenter_subscription.this.current_term.cancellable_until
  description = "Last moment at which it can be canceled; null where Partner Center names none."
}

output "ends_or_renews_on" {
  value       = partnercenter_subscription.this.current_term.ends
  description = "End of the present term."
}

output "commitment" {
  value       = partnercenter_subscription.this.commitment
  description = "The most that the present term costs before tax; null where that is not known, as after an import."
}
