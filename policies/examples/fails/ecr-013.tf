resource "aws_ecr_registry_policy" "this" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Replicate"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ecr:ReplicateImage"]
      Resource  = "arn:aws:ecr:eu-west-1:111122223333:repository/*"
    }]
  })
}
