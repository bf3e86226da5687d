# Ask the owner of a new customer to accept the Microsoft Customer Agreement. Needs an application, not a user, as sign-in.
action "partnercenter_request_customer_agreement" "sonnenhof" {
  config {
    customer_id          = "4a62c8e5-17d9-4f03-95be-d83a0f7c26b1"
    country              = "DE"
    language             = "de-DE"
    company_name         = "Sonnenhof Werkstatt"
    signatory_first_name = "Karl"
    signatory_last_name  = "Ott"
    additional_properties = {
      email = "karl@sonnenhof.example"
    }
  }
}

# terraform apply -invoke=action.partnercenter_request_customer_agreement.sonnenhof
