# The customer's tenant id and the subscription id, as Partner Center shows them.
terraform import partnercenter_subscription.mail_guard 5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54
