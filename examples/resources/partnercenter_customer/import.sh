# The customer's tenant id, which Partner Center shows as "Microsoft ID".
terraform import partnercenter_customer.fjordlabor 5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10
