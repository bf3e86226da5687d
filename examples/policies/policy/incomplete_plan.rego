# The plan says everything: it did not break off, and leaves nothing for a later one (as with -target).
package main

import rego.v1

deny contains "incomplete_plan: the plan broke off with errors" if input.errored == true

deny contains "incomplete_plan: the plan leaves something out, or for a later one" if input.complete == false

deny contains "incomplete_plan: the plan leaves something for a later one" if count(object.get(input, "deferred_changes", [])) > 0
