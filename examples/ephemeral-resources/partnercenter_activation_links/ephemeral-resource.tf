locals {
  customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  subscription_id = "68e5b0c4-d3f2-4719-a086-5b1c7f9e3d20"
}

ephemeral "partnercenter_activation_links" "signature" {
  customer_id     = local.customer_id
  subscription_id = local.subscription_id
}

# Hands the link over once, here to a file that only its owner can read. Neither state nor plan holds it.
resource "terraform_data" "hand_over" {
  triggers_replace = [local.subscription_id]

  provisioner "local-exec" {
    command     = "umask 077; echo \"$LINK\" > activation-link.txt"
    environment = { LINK = ephemeral.partnercenter_activation_links.signature.activation_links[0].uri }
  }
}
