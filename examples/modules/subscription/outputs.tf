output "id" {
  value       = partnercenter_subscription.this.id
  description = "Id of the subscription."
}

output "cancellable_until" {
  description = "Last moment at which it can be cancelled for a refund; null when that is over or Partner Center does not say."
  value = try(concat(
    compact([partnercenter_subscription.this.cancellation_allowed_until_date]),
    reverse(sort(compact(partnercenter_subscription.this.refund_options[*].expires_at))),
  )[0], null)
}

output "ends_or_renews_on" {
  description = "End of the current term."
  value       = partnercenter_subscription.this.commitment_end_date
}
