// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*relationshipRequestDataSource)(nil)

// NewRelationshipRequestDataSource is the link that invites a customer who has a tenant already.
func NewRelationshipRequestDataSource() datasource.DataSource {
	return &relationshipRequestDataSource{}
}

type relationshipRequestDataSource struct{ framework.DataSource }

type relationshipRequestModel struct {
	URL types.String `tfsdk:"url"`
}

func (d *relationshipRequestDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_relationship_request"
}

func (d *relationshipRequestDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The link that makes an existing tenant a customer: a global administrator of that tenant opens it in the Microsoft 365 admin center and accepts. " +
			"Reading it changes nothing and sends no invitation. Needs App+User sign-in; not available in the sandbox.",
		Attributes: map[string]schema.Attribute{"url": text("Link for the administrator of the customer. It is the same for all customers, and no secret.")},
	}
}

func (d *relationshipRequestDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	link, err := d.Client.RelationshipRequest(ctx)
	if framework.Failed(&resp.Diagnostics, "read the relationship request", err) {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &relationshipRequestModel{framework.String(link)})...)
}
