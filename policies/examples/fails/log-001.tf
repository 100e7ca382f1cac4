resource "aws_cloudwatch_log_group" "rescan" {
  name              = "/aws/lambda/logs-short"
  retention_in_days = 7
}

resource "aws_lambda_function" "rescan" {
  function_name = "logs-short"
  role          = "arn:aws:iam::111122223333:role/rescan"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/rescan:1"
}
