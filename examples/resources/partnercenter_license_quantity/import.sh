# The customer's tenant id and the subscription id, as Partner Center shows them.
terraform import partnercenter_license_quantity.office 5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2
